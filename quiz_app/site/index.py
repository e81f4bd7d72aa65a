"""The search index: Pagefind reads the built pages, one index for each language."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import yaml
from pagefind.service import get_executable

from quiz_app.content.text import LANGUAGES

_NEEDED = ("pagefind.js", "pagefind-entry.json")
_SETTINGS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}
"""A fifth of the engine's own size: a search loads the parts of the index that hold its words, whole."""


class IndexFailed(Exception):
    """The search index could not be made."""


def index_site(site: Path) -> None:
    """Write the index under ``pagefind/`` and leave out every file our own search page does not load."""
    command = [str(get_executable()), "--site", str(site), "--quiet"]
    settings = {**os.environ, **_SETTINGS}
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env=settings, capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise IndexFailed(done.stderr or done.stdout)
    _keep_needed(site / "pagefind")
    _write_words(site / "assets" / "search-words.json")


def _keep_needed(folder: Path) -> None:
    """Pagefind ships five interfaces of its own; ours needs the engine, the indexes and the fragments."""
    for file in folder.iterdir():
        if file.is_file() and file.suffix in (".js", ".css") and file.name not in _NEEDED:
            file.unlink()


def search_words() -> dict[str, Any]:
    """The words of everyday speech: for queries by language, for pages by their path."""
    return dict(yaml.safe_load((Path(__file__).parent / "search_words.yml").read_text(encoding="utf-8")))


def _write_words(target: Path) -> None:
    words = {language: search_words()[language] for language in LANGUAGES}
    target.write_text(json.dumps(words, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

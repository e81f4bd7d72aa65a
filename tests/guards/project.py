"""Where the project's own files are; a finding is a line ``place: reason``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quiz_app.config import PROJECT

ROOT = PROJECT
CODE = ("quiz_app", "tests")


def files(root: Path, folders: tuple[str, ...], *endings: str) -> Iterator[Path]:
    """The files under these folders whose names have one of these endings, in order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and "__pycache__" not in path.parts:
                yield path


def finding(root: Path, path: Path, line: int | None, reason: str) -> str:
    """A finding in a file."""
    place = path.relative_to(root).as_posix()
    return f"{place}:{line}: {reason}" if line else f"{place}: {reason}"


def write(root: Path, name: str, content: str) -> Path:
    """Plants a file for a guard to find."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path

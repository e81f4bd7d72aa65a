"""Builds the whole static site aside and switches it in: ``python -m quiz_app.site.build``."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from quiz_app.config import PROJECT
from quiz_app.content.faults import ContentInvalid
from quiz_app.content.frame import Frame, load_frame
from quiz_app.content.loader import PACKAGED_LIBRARY, load_library

from .changes import write_feeds
from .forms import write_forms
from .index import IndexFailed, index_site, search_words
from .publish import compress_site, prune_site, write_headers
from .stage import stage

LIMIT_SECONDS = 40
"""For the whole site, strictly built on two cores."""


class BuildFailed(Exception):
    """The site was not built; the message says what was wrong, and the old site stays."""


@dataclass(frozen=True)
class Sources:
    """What the site is built from."""

    docs: Path = PROJECT / "docs"
    cases: Path = PROJECT / "cases"
    library: Path = PACKAGED_LIBRARY
    bank: Path | None = None
    config: Path = PROJECT / "mkdocs.yml"


@dataclass
class Figures:
    """What a build took and made, step by step, for the reader of its output."""

    steps: list[tuple[str, float]] = field(default_factory=list)
    pages: int = 0
    files: int = 0
    bytes: int = 0

    @property
    def seconds(self) -> float:
        """The time of all steps together."""
        return sum(seconds for _, seconds in self.steps)

    def timed(self, name: str, step: Callable[[], None]) -> None:
        """Do a step and remember how long it took."""
        start = time.perf_counter()
        step()
        self.steps.append((name, time.perf_counter() - start))

    def lines(self) -> list[str]:
        """The figures as lines to print."""
        steps = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in self.steps)
        return [
            f"{self.pages} pages, {self.files} files, {self.bytes / 1e6:.1f} MB before compression",
            f"{steps} · all {self.seconds:.1f} s (limit {LIMIT_SECONDS} s)",
        ]


def build_site(out: Path, sources: Sources, base_url: str | None = None) -> Figures:
    """Build everything into a new folder beside `out`, then put it in the place of `out`.

    Raises `ContentInvalid` when the content holds faults and `BuildFailed` when MkDocs or the index refuses.
    """
    figures = Figures()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        docs, site = Path(folder) / "docs", Path(folder) / "site"
        library = load_library(sources.library, sources.cases, sources.bank)
        figures.timed("content", lambda: stage(sources.docs, library, docs))
        figures.timed("pages", lambda: _run_mkdocs(sources, docs, site, base_url))
        figures.timed("search", lambda: index_site(site))
        prune_site(site)
        write_feeds(site, library, load_frame(sources.library).name)
        write_forms(site, library)
        write_headers(site)
        _count(site, figures)
        figures.timed("compression", lambda: compress_site(site))
        _switch(site, out, Path(folder) / "old")
    return figures


def _run_mkdocs(sources: Sources, docs: Path, site: Path, base_url: str | None) -> None:
    # Both notices speak of the generator's future, not of this build; they must be off before the import.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["DISABLE_MKDOCS_2_WARNING"] = "true"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    said = _Said()
    log = logging.getLogger("mkdocs")
    log.addHandler(said)
    try:
        config = load_config(
            str(sources.config), docs_dir=str(docs), site_dir=str(site), strict=True, site_url=base_url or ""
        )
        config.extra["page_words"] = search_words()["pages"]
        config.extra["frame"] = _frame_in_both(load_frame(sources.library))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Abort, MkDocsException, SystemExit) as error:
        raise BuildFailed("\n".join(said.warnings) or str(error)) from error
    finally:
        log.removeHandler(said)


class _Said(logging.Handler):
    """Keeps what MkDocs warned of, so that a refusal can say why."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())


def _frame_in_both(frame: Frame) -> dict[str, object]:
    """The frame by language, as plain values for the templates of the theme."""
    return {
        language: {
            "name": getattr(frame.name, language),
            "notice": getattr(frame.notice, language),
            "labels": {name: text[language] for name, text in frame.labels.model_dump().items()},
            "imprint": [
                {"label": getattr(line.label, language), "value": getattr(line.value, language)}
                for line in frame.printed
            ],
        }
        for language in ("zh", "en")
    }


def _count(site: Path, figures: Figures) -> None:
    files = [file for file in site.rglob("*") if file.is_file()]
    figures.files = len(files)
    figures.pages = sum(file.suffix == ".html" for file in files)
    figures.bytes = sum(file.stat().st_size for file in files)


def _switch(new: Path, out: Path, aside: Path) -> None:
    """Put the new folder in place by renaming; if that fails, the old one comes back."""
    had_old = out.exists()
    if had_old:
        out.rename(aside)
    try:
        new.rename(out)
    except OSError:
        if had_old:
            aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def main(arguments: list[str] | None = None) -> int:
    """Build the site from the shell: 0 done, 1 the input is wrong and the old site stays."""
    options = _parser().parse_args(arguments)
    sources = Sources(cases=options.cases, library=options.library, bank=options.bank)
    try:
        figures = build_site(options.out.resolve(), sources, options.base_url)
    except ContentInvalid as error:
        sys.stderr.write("".join(f"{fault.line()}\n" for fault in error.faults))
        return 1
    except (BuildFailed, IndexFailed) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join(figures.lines()) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quiz_app.site.build", description="Build the static site.")
    folders = {
        "out": (PROJECT / "site", "RONGCUO_SITE_DIR", "folder of the built site"),
        "library": (PACKAGED_LIBRARY, "RONGCUO_LIBRARY_DIR", "folder of the policy register and the local content"),
        "cases": (PROJECT / "cases", "RONGCUO_CASES_DIR", "folder of the cases"),
        "bank": (None, "RONGCUO_BANK_DIR", "folder of a private question bank"),
    }
    for name, (default, variable, text) in folders.items():
        value = os.environ.get(variable) or default
        parser.add_argument(f"--{name}", type=Path, default=value, help=f"{text} ({variable}; now {value})")
    base_url = os.environ.get("RONGCUO_BASE_URL")
    parser.add_argument("--base-url", default=base_url, help="address the site will have (RONGCUO_BASE_URL)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

"""`make bench`: prints every figure of the service's speed and memory beside its bound; a figure over its bound says so.

Ratios are of one run, ours and bare in turn; `--only` runs some parts. Nothing here is a test: a slow machine
fails no build.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from . import bench_pages, bench_report
from .figures import Figure, print_table
from .scene import postgres_scene, sqlite_scene


def _sqlite(folder: Path) -> Iterator[Figure]:
    with sqlite_scene(folder) as scene:
        yield from bench_pages.measure(scene)


def _postgres(_folder: Path) -> Iterator[Figure]:
    with postgres_scene() as scene:
        if scene is None:
            print("left out: no PostgreSQL answers")
            return
        yield from bench_pages.measure(scene)


def _report(_folder: Path) -> Iterator[Figure]:
    yield from bench_report.measure()


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgres,
    "report": _report,
}


def main() -> None:
    """Runs the parts asked for and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*PARTS], nargs="+", default=[*PARTS])
    figures: list[Figure] = []
    for name in parser.parse_args().only:
        print(f"{name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix="rongcuo-bench-") as folder:
            figures += PARTS[name](Path(folder))
    print_table(figures)


if __name__ == "__main__":
    main()

"""Files that are replaced whole: a reader sees the old one or the new one, never a part."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def replace_files(new: Mapping[Path, bytes]) -> None:
    """Puts these contents into their files, each by renaming; if one cannot be put there, all old ones come back.

    Raises `OSError`, and then nothing has changed.
    """
    staged: dict[Path, Path] = {}
    done: dict[Path, bytes] = {}
    try:
        for path, content in new.items():
            staged[path.resolve()] = _beside(path.resolve(), content)
        for path, waiting in staged.items():
            before = path.read_bytes()
            waiting.replace(path)
            done[path] = before
    except BaseException:
        for path, before in done.items():
            _beside(path, before).replace(path)
        raise
    finally:
        for waiting in staged.values():
            waiting.unlink(missing_ok=True)


def new_file(path: Path, content: bytes) -> None:
    """Writes a file that is not there yet; raises `FileExistsError` where it is, and then leaves it alone."""
    with path.open("xb") as file:
        file.write(content)


@contextmanager
def copy_with(folder: Path, new: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of a folder in which these files have this content, to be looked at before anything is replaced."""
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / folder.resolve().name
        shutil.copytree(folder, copy)
        for name, content in new.items():
            (copy / name).write_bytes(content)
        yield copy


def _beside(path: Path, content: bytes) -> Path:
    """A file with this content in the same folder, on the disk, with the rights of the one it is for."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, made)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made

"""What the header and footer of the site and of the service say: one file, so that both say the same."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from .faults import ContentInvalid, fault, faults_of
from .text import Model, Slug, Text
from .yaml_reader import read_yaml


class Labels(Model):
    """The words on the controls of the frame."""

    home: Text
    learn: Text
    suggest: Text
    search: Text
    menu: Text
    skip: Text
    other_language: Text
    appearance: Text
    sections: Text


class ImprintLine(Model):
    """A line of the footer; without a value it is not printed, and nothing stands in for it."""

    id: Slug
    label: Text
    value: Text | None = None


class Frame(Model):
    """The file ``frame.yml``."""

    name: Text
    notice: Text
    labels: Labels
    imprint: tuple[ImprintLine, ...]

    @property
    def printed(self) -> tuple[ImprintLine, ...]:
        """The footer lines that have something to say."""
        return tuple(line for line in self.imprint if line.value is not None)


def load_frame(library_dir: Path) -> Frame:
    """The frame of this library; raises `ContentInvalid` with every fault of the file."""
    path = library_dir / "frame.yml"
    try:
        return Frame.model_validate(read_yaml(path, path.name))
    except FileNotFoundError as error:
        raise ContentInvalid([fault(path.name, "-", "没有这个文件", "there is no such file")]) from error
    except ValidationError as error:
        raise ContentInvalid(faults_of(path.name, error)) from error

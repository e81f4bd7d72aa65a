"""Where a page of the site stands, and how its links reach the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from quiz_app.content.text import Language


@dataclass(frozen=True)
class Place:
    """A page by its language and its source path inside that language, such as ``policy/register.md``."""

    language: Language
    path: str

    @property
    def name(self) -> str:
        """The page as an author knows it."""
        return f"docs/{self.language}/{self.path}"

    @property
    def language_root(self) -> str:
        """The relative address of the home page in this language."""
        pure = PurePosixPath(self.path)
        depth = len(pure.parts) - 1 if pure.stem == "index" else len(pure.parts)
        return "../" * depth or "./"

    @property
    def site_root(self) -> str:
        """The relative address of the whole site, under which the service lives as well."""
        if self.language == "zh":
            return self.language_root
        return "../" if self.language_root == "./" else self.language_root + "../"

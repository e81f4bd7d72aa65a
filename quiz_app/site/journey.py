"""The print edition of the way to apply: the eight steps and each way on one page, from the pages people wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .render import Renderer

STEPS = "apply/index.md"
EDITION = "apply/print.md"

_LINK_HERE = re.compile(r"^.*\]\(print\.md\).*\n+", re.MULTILINE)
_WAY = re.compile(r"\]\(([a-z-]+\.md)\)")
_READ_ON = re.compile(r"^## [^\n]*\{#next\}$.*", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+ .*?)(?: \{#[a-z0-9-]+\})?$", re.MULTILINE)


def print_edition(bodies: Mapping[str, str], title: str, page: Renderer) -> str:
    """The steps, then every way they lead to, in the order in which they name them first; still with the notation.

    `bodies` are the hand-written pages by their path, without front matter.
    """
    folder = STEPS.rpartition("/")[0]
    names = [f"{folder}/{name}" for name in dict.fromkeys(_WAY.findall(bodies[STEPS]))]
    # Where to read on, the date and the notice stand once, with the steps.
    ways = [_one_lower(_READ_ON.sub("", bodies[name])) for name in names if name in bodies]
    return page.template("apply-print.md", title=title, steps=_LINK_HERE.sub("", bodies[STEPS]), ways=ways)


def _one_lower(markdown: str) -> str:
    """The text with each heading a rank lower and without its anchor, which other ways have as well."""
    return _HEADING.sub(r"#\1", markdown)

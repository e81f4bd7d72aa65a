"""What the city writes into a slot is shown as it stands: line by line, and never as HTML or Markdown."""

from __future__ import annotations

from dataclasses import replace

from quiz_app.content.local import Slot
from quiz_app.content.text import Text
from quiz_app.site.paths import Place
from quiz_app.site.render import Renderer
from tests.content_factories import small_library, text


def shown(value: Text | None) -> str:
    """A slot with this content, as the Chinese page shows it."""
    slot = Slot(id="contact", title=text("contact"), provider=text("provider"), value=value)
    library = replace(small_library(), slots={"contact": slot})
    return str(Renderer(library, Place("zh", "index.md")).slot("contact"))


def test_an_empty_slot_says_that_it_is_still_to_be_provided() -> None:
    assert "待主管部门提供" in shown(None)


def test_lines_stay_lines() -> None:
    assert shown(Text(zh="办公室\n电话：025-1", en="Office")) == "办公室<br>电话：025-1"


def test_neither_html_nor_markdown_takes_effect() -> None:
    assert shown(Text(zh="<b>甲</b> *乙* [丙](x) |", en="x")) == (
        "&lt;b&gt;甲&lt;/b&gt; &#42;乙&#42; &#91;丙&#93;(x) &#124;"
    )

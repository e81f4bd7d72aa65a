"""What the topics of the library add to the site: the text to share at the end of each policy page, and the coverage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from quiz_app.content.coverage import coverage_of
from quiz_app.content.policy import NO_ITEM_WORDS
from quiz_app.content.topics import Topic

from .case_pages import published_cases
from .render import Renderer

FOLDER = "policy/"
_CLAUSE = re.compile(r"\[\[([a-z0-9-]+/[a-z0-9-]+)\]\]")
_LAST_SECTION = re.compile(r"^## .*\{#sources\}\s*$", re.MULTILINE)


def with_share(text: str, page: Renderer) -> str:
    """A policy page with its 图文稿 before the sources, or at its end; any other page as it is."""
    topic = _topic_of(page)
    if topic is None:
        return text
    share = page.template("share.md", text=page.text(topic.share))
    last = _LAST_SECTION.search(text)
    return f"{text[: last.start()]}{share}\n{text[last.start() :]}" if last else f"{text}\n{share}"


def coverage_block(page: Renderer) -> str:
    """Both ways: each topic with its page, module, items and cases; each clause with what rests on it."""
    shown = {case.id for case in published_cases(page.library)}
    carried = coverage_of(page.library)
    return page.template(
        "coverage.md",
        topics=[_topic_row(topic, page) for topic in sorted(page.library.topics.values(), key=lambda one: one.number)],
        instruments=page.library.instruments.values(),
        carried=carried,
        cited=page.cited,
        case=lambda case_id: page.case(page.library.cases[case_id]) if case_id in shown else case_id,
        module=page.module,
        no_item=lambda reason: page.text(NO_ITEM_WORDS[reason]),
        counts={
            "clauses": len(carried),
            "with_item": sum(bool(one.modules) for one in carried.values()),
            "questions": len(page.library.items),
            "cases": len(shown),
        },
    )


def clauses_by_page(texts: Mapping[str, tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """The pages, as (address, title), that cite each clause; `texts` gives title and text by path."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, (title, text) in texts.items():
        address = path.removesuffix("index.md").removesuffix(".md")
        for ref in dict.fromkeys(_CLAUSE.findall(text)):
            found[ref].append((f"{address}/" if address and not address.endswith("/") else address, title))
    return found


def _topic_of(page: Renderer) -> Topic | None:
    path = page.place.path
    return page.library.topics.get(path.removeprefix(FOLDER).removesuffix(".md")) if path.startswith(FOLDER) else None


def _topic_row(topic: Topic, page: Renderer) -> dict[str, Any]:
    module = page.library.modules[topic.module]
    questions = sum(len(concept.items) for concept in module.concepts if concept.id in topic.concepts)
    return {"topic": topic, "questions": questions}

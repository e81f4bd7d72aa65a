"""Makes small content for tests: clauses with revisions, items, concepts, a library."""

from __future__ import annotations

from collections.abc import Sequence

from quiz_app.content.library import Library
from quiz_app.content.modules import Concept, Item, Option, Outcome, StudyModule
from quiz_app.content.policy import Clause, Instrument, Revision, seal_of
from quiz_app.content.text import Text


def text(word: str) -> Text:
    """A bilingual text for tests."""
    return Text(zh=f"{word}（中文）", en=f"{word} in English")


def make_item(item_id: str, clause_ref: str, key: str = "a") -> Item:
    """An item whose right option is `key`."""
    options = tuple(
        Option(
            id=letter,
            text=text(f"{item_id} option {letter}"),
            right=letter == key,
            explanation=text(f"{item_id} because {letter}"),
        )
        for letter in "abc"
    )
    return Item(
        id=item_id,
        setting=text(f"{item_id} setting"),
        stem=text(f"{item_id} stem"),
        options=options,
        clauses=(clause_ref,),
    )


def make_concept(concept_id: str, clause_ref: str, outcome: Outcome = "know", *, red_line: bool = False) -> Concept:
    """A concept with two parallel items, whose right option is a."""
    items = tuple(make_item(f"{concept_id}-{number}", clause_ref) for number in (1, 2))
    return Concept(
        id=concept_id, title=text(concept_id), outcome=outcome, red_line=red_line, clauses=(clause_ref,), items=items
    )


def make_clause(clause_id: str, kinds: Sequence[str] = (), day: str = "2026-11-01") -> Clause:
    """A clause whose later revisions are of these kinds, ``meaning`` or ``cosmetic``."""
    gists = [text(f"{clause_id} gist {number}") for number in range(1, len(kinds) + 2)]
    revisions = [Revision(number=1, date="2026-01-01", kind="first", seal=seal_of(gists[0]))]
    for number, kind in enumerate(kinds, start=2):
        revisions.append(
            Revision.model_validate(
                {
                    "number": number,
                    "date": day,
                    "kind": kind,
                    "seal": seal_of(gists[number - 1]),
                    "note": text("note").model_dump(),
                    "before": gists[number - 2].model_dump(),
                }
            )
        )
    return Clause(id=clause_id, locator=text(clause_id), gist=gists[-1], revisions=tuple(revisions))


def make_instrument(*clauses: Clause) -> Instrument:
    """The instrument ``rule`` with these clauses."""
    return Instrument(
        id="rule",
        title=text("rule"),
        short_title=text("rule"),
        issuer=text("issuer"),
        kind="regulation",
        status="in_force",
        scope=text("scope"),
        grade="A",
        checked_on="2026-11-01",
        evidence=text("evidence"),
        clauses=clauses,
    )


def small_library(kinds_of_second: Sequence[str] = ()) -> Library:
    """Module ``basics`` with concepts ``first`` (clause rule/one) and ``second`` (clause rule/two)."""
    concepts = (make_concept("first", "rule/one"), make_concept("second", "rule/two", "apply"))
    module = StudyModule(
        id="basics", number=1, title=text("Basics"), summary=text("Basics summary"), minutes=10, concepts=concepts
    )
    instrument = make_instrument(make_clause("one"), make_clause("two", kinds_of_second))
    return Library(instruments={"rule": instrument}, modules={"basics": module})

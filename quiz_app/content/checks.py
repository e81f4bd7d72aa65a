"""What no single file can show: references, doubled ids, seals of the register, coverage of slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .cases import Case
from .faults import Fault, fault
from .library import Library
from .modules import StudyModule
from .policy import Clause, Instrument, is_superseded, seal_of
from .topics import Topic


def library_faults(library: Library, names: Mapping[str, str]) -> list[Fault]:
    """Every fault between files; `names` gives the file of each instrument, module and case."""
    faults: list[Fault] = []
    for instrument in library.instruments.values():
        faults += _instrument_faults(names[instrument.id], instrument, library)
    for module in library.modules.values():
        faults += _citation_faults(names[module.id], module, library)
    for case in library.cases.values():
        faults += _case_reference_faults(names[case.id], case, library)
    faults += _doubled_ids(library)
    return faults


def _instrument_faults(file: str, instrument: Instrument, library: Library) -> Iterator[Fault]:
    for number, clause in enumerate(instrument.clauses):
        place = f"clauses.{number}.{clause.id}"
        yield from _revision_faults(file, place, clause)
        if clause.superseded_by is not None and clause.superseded_by not in library.clauses:
            yield fault(file, f"{place}.superseded_by", "没有这一条款", "there is no such clause")
    for clause_id, times in Counter(clause.id for clause in instrument.clauses).items():
        if times > 1:
            yield fault(file, f"clauses.{clause_id}", "条款编号重复", "doubled clause id")


def _revision_faults(file: str, place: str, clause: Clause) -> Iterator[Fault]:
    revisions = clause.revisions
    if [one.number for one in revisions] != list(range(1, len(revisions) + 1)):
        yield fault(file, f"{place}.revisions", "版本号须从 1 起连续", "revisions must be numbered 1, 2, 3 …")
    for number, revision in enumerate(revisions):
        if (revision.kind == "first") != (number == 0):
            yield fault(file, f"{place}.revisions.{number}.kind", "只有第 1 版写 first", "only revision 1 is first")
        if number and (revision.before is None or revision.note is None):
            yield fault(file, f"{place}.revisions.{number}", "须写 before 与 note", "before and note are required")
        elif number and revision.before and seal_of(revision.before) != revisions[number - 1].seal:
            yield fault(file, f"{place}.revisions.{number}.before", "与上一版封印不符", "differs from the sealed gist")
    seal = seal_of(clause.gist)
    if seal != revisions[-1].seal:
        yield fault(
            file,
            f"{place}.gist",
            f"要点已改而没有登记新版本（新版本的 seal 为 {seal}）",
            f"the gist changed without a revision (seal of the new revision: {seal})",
        )


def _citation_faults(file: str, module: StudyModule, library: Library) -> Iterator[Fault]:
    for number, concept in enumerate(module.concepts):
        yield from reference_faults(file, f"concepts.{number}.clauses", concept.clauses, library)
        for index, item in enumerate(concept.items):
            place = f"concepts.{number}.items.{index}.clauses"
            yield from reference_faults(file, place, item.clauses, library)
            grades = {_grade(ref, library) for ref in item.clauses}
            if "C" in grades:
                yield fault(file, place, "待核条款不得引用", "a clause still to be verified is not cited")
            if grades == {"D"}:
                yield fault(file, place, "不能只引工作思考", "not resting on the working paper alone")


def _case_reference_faults(file: str, case: Case, library: Library) -> Iterator[Fault]:
    refs = [entry.clause for entry in case.basis if entry.clause]
    refs += [entry.clause for entry in case.correction if entry.clause]
    refs += [flip.clause for flip in case.flips]
    yield from reference_faults(file, "basis/correction/flips", tuple(refs), library)
    for module_id in case.modules:
        if module_id not in library.modules:
            yield fault(file, "modules", f"没有模块 {module_id}", f"there is no module {module_id}")
    for other in case.contrast_with:
        if other not in library.cases:
            yield fault(file, "contrast_with", f"没有案例 {other}", f"there is no case {other}")


def topic_faults(file: str, topic: Topic, library: Library) -> Iterator[Fault]:
    """Every reference of a topic that leads nowhere, and a gap without its reason."""
    yield from reference_faults(file, "clauses", topic.clauses, library)
    module = library.modules.get(topic.module)
    if module is None:
        yield fault(file, "module", f"没有模块 {topic.module}", f"there is no module {topic.module}")
    for concept_id in topic.concepts:
        if module is not None and module.concept(concept_id) is None:
            yield fault(file, "concepts", f"模块里没有知识点 {concept_id}", f"the module has no concept {concept_id}")
    for case_id in topic.cases:
        if case_id not in library.cases:
            yield fault(file, "cases", f"没有案例 {case_id}", f"there is no case {case_id}")
    if not (topic.concepts and topic.cases) and topic.gap is None:
        yield fault(file, "gap", "没有知识点或者案例时须写理由", "a reason is needed where no concept or case is named")


def reference_faults(file: str, place: str, refs: tuple[str, ...], library: Library) -> Iterator[Fault]:
    """Every cited clause that is not in the register or no longer holds."""
    for ref in refs:
        if ref not in library.clauses:
            yield fault(file, place, f"没有条款 {ref}", f"there is no clause {ref}")
            continue
        if is_superseded(*library.clauses[ref]):
            yield fault(file, place, f"条款 {ref} 已被取代或废止", f"clause {ref} is superseded or repealed")


def _grade(ref: str, library: Library) -> str | None:
    if ref not in library.clauses:
        return None
    instrument, clause = library.clauses[ref]
    return instrument.grade_of(clause)


def _doubled_ids(library: Library) -> Iterator[Fault]:
    items = Counter(
        item.id for module in library.modules.values() for concept in module.concepts for item in concept.items
    )
    for item_id, times in items.items():
        if times > 1:
            yield fault("modules", item_id, "题目编号重复", "doubled item id")
    numbers = Counter(module.number for module in library.modules.values())
    for number, times in numbers.items():
        if times > 1:
            yield fault("modules", f"number {number}", "模块序号重复", "doubled module number")

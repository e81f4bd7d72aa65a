"""The rules a form must keep beyond the shape of its fields: one kind to a row, room to write, correction always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .checks import reference_faults
from .faults import Fault, fault
from .forms import Form, Row
from .library import Library

LEAST_COLUMNS = 2
LEAST_OPTIONS = 2


def form_faults(file: str, form: Form, library: Library) -> Iterator[Fault]:
    """Every rule this form breaks, alone and against the rest of the library."""
    yield from reference_faults(file, "clauses", form.clauses, library)
    for number, ref in enumerate(form.clauses):
        if ref in library.clauses and _is_to_verify(ref, library):
            yield fault(file, f"clauses.{number}", "待核条款不得引用", "a clause still to be verified is not cited")
    for number, slot in enumerate(form.slots):
        if slot not in library.slots:
            yield fault(file, f"slots.{number}", f"没有待填项 {slot}", f"there is no slot {slot}")
    if not any(section.correction for section in form.sections):
        yield fault(file, "sections", "必须有一节写纠错（correction: true）", "one section must be about correction")
    for number, section in enumerate(form.sections):
        place = f"sections.{number}.rows"
        for index, row in enumerate(section.rows):
            yield from _row_faults(file, f"{place}.{index}", row)
        for label in _doubled(row.label.zh for row in section.rows):
            yield fault(file, place, f"同一节里“{label}”重复", f"doubled label in one section: {label}")


def form_list_faults(forms: Iterable[tuple[str, Form]]) -> Iterator[Fault]:
    """Every number that two forms claim; each form comes with the name of its file."""
    seen: dict[int, str] = {}
    for file, form in forms:
        if form.number in seen:
            reason = f"表样序号 {form.number} 与 {seen[form.number]} 重复"
            yield fault(file, "number", reason, f"number {form.number} is also that of {seen[form.number]}")
        seen.setdefault(form.number, file)


def _row_faults(file: str, place: str, row: Row) -> Iterator[Fault]:
    kinds = [row.lines is not None, bool(row.options), bool(row.columns)]
    if sum(kinds) != 1:
        yield fault(
            file,
            place,
            "lines、options、columns 须写一样，也只写一样",
            "give exactly one of lines, options and columns",
        )
    if row.options and len(row.options) < LEAST_OPTIONS:
        yield fault(file, f"{place}.options", "选项至少两个", "at least two options are needed")
    if row.columns:
        yield from _table_faults(file, place, row)
    elif row.entries or row.blank or row.numbered:
        yield fault(
            file, place, "entries、blank、numbered 只用于表格", "entries, blank and numbered belong to a table only"
        )


def _table_faults(file: str, place: str, row: Row) -> Iterator[Fault]:
    if len(row.columns) < LEAST_COLUMNS:
        yield fault(file, f"{place}.columns", "表格至少两列", "a table needs at least two columns")
    if not row.entries and not row.blank:
        yield fault(file, place, "表格没有一行可填", "the table has no row to fill in")
    for label in _doubled(column.label.zh for column in row.columns):
        yield fault(file, f"{place}.columns", f"列名“{label}”重复", f"doubled column: {label}")


def _is_to_verify(ref: str, library: Library) -> bool:
    instrument, clause = library.clauses[ref]
    return instrument.grade_of(clause) == "C"


def _doubled(labels: Iterable[str]) -> list[str]:
    return [label for label, times in Counter(labels).items() if times > 1]

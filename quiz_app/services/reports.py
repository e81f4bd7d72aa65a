"""Building a participation report: read the facts once, compute, freeze as canonical JSON, make its files.

The JSON is a pure function of the report's inputs and the facts known at its cut-off, so computing it
again later gives the same bytes, whatever was entered since.
"""

from __future__ import annotations

import calendar
import hashlib
import importlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import rfc8785

from ..content.library import Library
from ..content.text import LANGUAGES, Language
from ..content.visibility import Reader
from ..domain.errors import FactsCameLate, MissingInput, NoOpenCycle, NotFound
from ..store import audit, cycles, reports, units
from ..store.cycles import CycleRow
from ..store.db import CONFLICT, new_id, saving
from ..store.library import time_zone
from ..store.reports import FileRow, ReportRow
from .libraries import Libraries
from .report_document import as_document
from .report_figures import Earlier, Inputs, body_of
from .zone import local_date

RULES = "participation-1"
"""The name of the rules the figures follow; it changes when a rule does."""

_PERIOD = re.compile(r"^20\d\d-(0[1-9]|1[0-2])$")


@dataclass(frozen=True)
class Verified:
    """Whether a stored report is as it was built: its digest, its files, and its figures from the facts."""

    digest: bool
    files: bool
    facts: bool

    @property
    def right(self) -> bool:
        """Whether everything agrees."""
        return self.digest and self.files and self.facts


def build(
    enterprise_id: str,
    period: str,
    libraries: Libraries,
    now: datetime,
    by: str | None = None,
    note: str | None = None,
) -> ReportRow:
    """Builds the report of the whole enterprise for a month ``YYYY-MM``, or its next, corrected version.

    A report before the month's end reads 截至 today; after a release the next version corrects it. A built version that is not released yet and would
    say the same is returned again. Raises `MissingInput` for a wrong or future month, `NotFound` and
    `NoOpenCycle`.
    """
    enterprise = units.enterprise(enterprise_id)
    today = local_date(now)
    if enterprise is None or enterprise.kind != "enterprise":
        raise NotFound
    if not _PERIOD.match(period) or _month(period)[0] > today:
        raise MissingInput
    as_of = min(_month(period)[1], today)
    root = units.tree(enterprise_id, as_of, now).root("administrative")
    cycle = cycles.current_cycle(enterprise_id, as_of, now)
    if root is None or cycle is None:
        raise NoOpenCycle
    previous = reports.latest(enterprise_id, root.id, period)
    row = _frozen(enterprise_id, root.id, period, previous, cycle, libraries.current, as_of, now, by, note)
    if previous and _says_the_same(previous, row) and reports.released_at(enterprise_id, previous.id) is None:
        return previous
    try:
        with saving() as current:
            reports.add_report(current, enterprise_id, row)
            for file in _files(row):
                reports.add_file(current, enterprise_id, row.id, file, now)
            audit.record(current, enterprise_id, "report_built", now, actor=by, values={"serial": row.serial})
    except CONFLICT:
        # Somebody else built the same version at the same moment: theirs stands.
        first = reports.latest(enterprise_id, root.id, period)
        assert first is not None, "the key that was met belongs to a stored report"
        return first
    return row


def months_to_report(now: datetime, how_many: int = 6) -> list[str]:
    """The months a report can be built for, this month first."""
    day = local_date(now).replace(day=1)
    found = []
    for _ in range(how_many):
        found.append(f"{day.year}-{day.month:02}")
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def copy_for(row: ReportRow, kind: str, language: Language, reader: Reader) -> bytes:
    """A copy of a report's Word file or workbook with what this reader sees; the kept files are the committee's."""
    return _file(row, kind, language, reader).body


def verify(enterprise_id: str, report_id: str, libraries: Libraries) -> Verified:
    """Whether a stored report is intact and its facts still give the same bytes; raises `NotFound`."""
    row = reports.report(enterprise_id, report_id)
    if row is None:
        raise NotFound
    files = reports.files(enterprise_id, report_id)
    return Verified(
        digest=_sha256(row.body.encode()) == row.sha256,
        files=bool(files) and all(_sha256(file.body) == file.sha256 for file in files),
        facts=recomputed(enterprise_id, row, libraries) == row.body,
    )


def require_settled(enterprise_id: str, report_id: str, libraries: Libraries) -> None:
    """Raises `FactsCameLate` where the facts give other bytes by now, and `NotFound`.

    Asked before a release, long after whatever was being saved at the cut-off, so that every released
    report can be computed again.
    """
    row = reports.report(enterprise_id, report_id)
    if row is None:
        raise NotFound
    if recomputed(enterprise_id, row, libraries) != row.body:
        raise FactsCameLate


def recomputed(enterprise_id: str, row: ReportRow, libraries: Libraries) -> str:
    """The canonical JSON computed anew from the facts known at the report's cut-off."""
    cycle = cycles.cycle(enterprise_id, row.cycle_id, row.as_of, row.known_at)
    if cycle is None:
        raise NoOpenCycle
    return _body(enterprise_id, row, cycle, libraries.of_release(row.release_digest))


def _frozen(
    enterprise_id: str,
    unit_id: str,
    period: str,
    previous: ReportRow | None,
    cycle: CycleRow,
    library: Library,
    as_of: date,
    now: datetime,
    by: str | None,
    note: str | None,
) -> ReportRow:
    version = previous.version + 1 if previous else 1
    row = ReportRow(
        id=new_id(),
        unit_id=unit_id,
        cycle_id=cycle.id,
        period=period,
        version=version,
        serial=f"{enterprise_id.upper()}-{period.replace('-', '')}-V{version}",
        as_of=as_of,
        known_at=now,
        release_digest=library.digest,
        rules=RULES,
        time_zone=str(time_zone()),
        body="",
        sha256="",
        previous_id=reports.last_released(enterprise_id, unit_id, period),
        note=note,
        built_by=by,
        recorded_at=now,
    )
    body = _body(enterprise_id, row, cycle, library)
    return replace(row, body=body, sha256=_sha256(body.encode()))


def _body(enterprise_id: str, row: ReportRow, cycle: CycleRow, library: Library) -> str:
    corrected = reports.report(enterprise_id, row.previous_id) if row.previous_id else None
    inputs = Inputs(
        enterprise_id=enterprise_id,
        unit_id=row.unit_id,
        period=row.period,
        serial=row.serial,
        version=row.version,
        corrects=corrected.version if corrected else None,
        note=row.note,
        as_of=row.as_of,
        known_at=row.known_at,
        month_begins=_month(row.period)[0],
        rules=row.rules,
        time_zone=row.time_zone,
    )
    earlier = Earlier.of(reports.before(enterprise_id, row), row.period)
    return rfc8785.dumps(body_of(inputs, cycle, library, earlier)).decode()


def _says_the_same(previous: ReportRow, row: ReportRow) -> bool:
    own = {"serial", "version", "known_at", "note"}

    def figures(body: str) -> dict[str, Any]:
        return {key: value for key, value in json.loads(body).items() if key not in own}

    return figures(previous.body) == figures(row.body)


def _files(row: ReportRow) -> list[FileRow]:
    return [_file(row, kind, language, "committee") for kind in ("docx", "xlsx") for language in LANGUAGES]


def _file(row: ReportRow, kind: str, language: Language, reader: Reader) -> FileRow:
    # The office formats are loaded only when files are made, so that the workers, which show pages, stay small.
    renderer = importlib.import_module(f"quiz_app.adapters.report_{kind}")
    body = renderer.render(as_document(row, language, reader))
    return FileRow(kind, language, body, _sha256(body))


def _month(period: str) -> tuple[date, date]:
    year, month = (int(part) for part in period.split("-"))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()

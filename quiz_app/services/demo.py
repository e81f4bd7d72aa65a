"""Demo data: invented enterprises and people with a study history, the same for the same seed and day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..content.library import Library
from ..content.text import Text
from ..domain.errors import AppError
from ..store import bulk, cycles, standings
from ..store import reports as store
from ..store.db import saving
from . import reports
from .accounts import hash_password
from .demo_people import enterprise_rows, office_rows
from .demo_plan import EnterprisePlan, Names
from .instance import create_instance, is_demo
from .libraries import Libraries, store_release

_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CODES = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui")


class HoldsRealData(AppError):
    """Demo data is refused on a database that holds real people."""

    sentence = Text(
        zh="这个数据库里已有真实数据，没有装入演示数据，也没有改动。请另用一个空数据库。",
        en="This database holds real data; no demo data was loaded and nothing changed. Use an empty database.",
    )


@dataclass(frozen=True)
class DemoSize:
    """How large the demo is: people an enterprise, enterprises, and the seed of all chance."""

    people: int = 40
    enterprises: int = 3
    seed: int = 1


def load_demo(library: Library, size: DemoSize, zone: str, password: str, now: datetime) -> bool:
    """Fills an empty database, or only renews the password of one that holds demo data; raises `HoldsRealData`.

    All demo accounts share one password, whose hash is made once. Says whether the data is new.
    """
    if bulk.has_enterprises():
        if not is_demo():
            raise HoldsRealData
        with saving() as current:
            bulk.set_all_passwords(current, hash_password(password))
        return False
    create_instance(zone, now, demo=True)
    today = now.astimezone(ZoneInfo(zone)).date()
    opened = datetime.combine(_opens_on(today), datetime.min.time(), ZoneInfo(zone)) - timedelta(days=30)
    store_release(library, opened)
    password_hash = hash_password(password)
    with saving() as current:
        bulk.add_all(current, office_rows(opened, password_hash))
    for number in range(size.enterprises):
        _load_enterprise(library, _plan(number, size, today, opened, password_hash), size.seed, now)
    return True


def release_example_report(library: Library, now: datetime) -> None:
    """Releases a report of the first enterprise, so that its committee office and the city have one to read.

    It is of the month before last: the last one is left for whoever tries the desk. No mail goes out for it.
    """
    row = reports.build(_CODES[0], reports.months_to_report(now)[2], Libraries(library), now)
    with saving() as current:
        store.add_release(current, _CODES[0], row.id, None, now)


def _load_enterprise(library: Library, plan: EnterprisePlan, seed: int, now: datetime) -> None:
    rows = enterprise_rows(library, plan, random.Random(f"{seed}-{plan.code}"))  # noqa: S311 - repeatable on purpose
    with saving() as current:
        bulk.add_all(current, rows)
    with saving() as current:
        cycle = cycles.current_cycle(plan.code, plan.today, now)
        assert cycle is not None, "the demo has just made it"
        standings.refresh(current, plan.code, cycle, now)


def _plan(number: int, size: DemoSize, today: date, opened: datetime, password_hash: str) -> EnterprisePlan:
    in_ten = number < len(_CODES)
    code = _CODES[number] if in_ten else f"e{number + 1:02}"
    stem = _HEAVENLY_STEMS[number] if in_ten else str(number + 1)
    return EnterprisePlan(
        code=code,
        names=Names(f"示例{stem}集团", f"Example {code.capitalize()} Group"),
        people=size.people,
        opens_on=_opens_on(today),
        due_on=today - timedelta(days=8),
        today=today,
        recorded_at=opened,
        password_hash=password_hash,
    )


def _opens_on(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=40)).replace(day=1)

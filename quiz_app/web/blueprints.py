"""All blueprints of the service."""

from __future__ import annotations

from flask import Blueprint

from .account.routes import bp as account
from .branch.routes import bp as branch
from .city.routes import bp as city
from .city.suggestions import bp as city_suggestions
from .committee.routes import bp as committee
from .health.routes import bp as health
from .hr.routes import bp as hr
from .hr.unfinished import bp as hr_unfinished
from .hr_codes.routes import bp as hr_codes
from .hr_reports.routes import bp as hr_reports
from .learn.practice import bp as practice
from .learn.routes import bp as learn
from .suggestions.routes import bp as suggestions

BLUEPRINTS: tuple[Blueprint, ...] = (
    account,
    branch,
    city,
    city_suggestions,
    committee,
    health,
    hr,
    hr_codes,
    hr_reports,
    hr_unfinished,
    learn,
    practice,
    suggestions,
)

"""The command that prints the site's figures tells a kept bound from a broken one; no test holds it to a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bench import lighthouse
from tests.bench.site_figures import PAGES, Measured, print_table
from tests.site.test_looks import first_views


def report(performance: float, accessibility: float = 1.0) -> dict[str, Any]:
    """What Lighthouse says of a page, as far as it is read."""
    return {
        "categories": {
            "performance": {"score": performance, "auditRefs": [{"id": "speed-index", "weight": 10}]},
            "accessibility": {"score": accessibility, "auditRefs": [{"id": "image-alt", "weight": 10}]},
        },
        "audits": {
            "speed-index": {"id": "speed-index", "score": performance, "displayValue": "4.0 s"},
            "image-alt": {"id": "image-alt", "score": accessibility},
        },
    }


def test_a_broken_bound_is_named_and_fails_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    kept = [Measured("weight", 120, 120, "KB"), Measured("score", 0.95, 0.95, at_least=True)]
    assert print_table(kept) == 0
    broken = [Measured("heavy", 121, 120, "KB"), Measured("low", 0.94, 0.95, at_least=True)]
    assert print_table([*kept, *broken]) == 1
    assert capsys.readouterr().out.endswith("broken: heavy, low\n")


def test_a_first_run_within_the_bounds_stands() -> None:
    runs = iter([report(0.97)])
    assert lighthouse.scores("", lambda _: next(runs)) == ({"performance": 0.97, "accessibility": 1.0}, [])


def test_otherwise_the_median_of_three_counts() -> None:
    runs = iter([report(0.6), report(0.99), report(0.96)])
    assert lighthouse.scores("", lambda _: next(runs)) == ({"performance": 0.96, "accessibility": 1.0}, [])


def test_what_lowers_a_score_is_named() -> None:
    scores, reasons = lighthouse.scores("", lambda _: report(0.9, 0.88))
    assert scores == {"performance": 0.9, "accessibility": 0.88}
    assert reasons == ["speed-index 0.90 4.0 s", "image-alt 0.88"]


def test_without_npm_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lighthouse.missing() == "npm is not installed"


def test_when_npm_cannot_bring_it_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text(
        "#!/bin/sh\nprintf 'npm warn x\\nnpm error network no answer\\nnpm error a log\\n' >&2\nexit 1\n",
        encoding="utf-8",
    )
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lighthouse.missing() == "npm cannot bring it: npm error network no answer"


def test_every_page_that_is_measured_is_in_the_site(site: Path) -> None:
    assert set(PAGES.values()) - first_views(site).keys() == set()

"""Lighthouse on a page as a phone on slow 4G sees it: its mobile form factor, network and processor simulated."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable
from typing import Any

from tests.looking import QUIET, chromium_path

# The last version that runs on Node 18 and 20; the next one asks for 22.
VERSION = "12.8.2"
COMMAND = ("npm", "exec", "--yes", "--fetch-retries=0", f"lighthouse@{VERSION}", "--")
BOUNDS = {"performance": 0.95, "accessibility": 1.0}
RUNS = 3
FETCH_SECONDS = 300

Report = dict[str, Any]


def missing() -> str | None:
    """Why Lighthouse cannot run here, or nothing where it can."""
    if shutil.which("npm") is None:
        return "npm is not installed"
    try:
        done = subprocess.run(
            [*COMMAND, "--version"], capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"npm did not bring it within {FETCH_SECONDS} s"
    return None if done.returncode == 0 else f"npm cannot bring it: {_first_error(done.stderr)}"


def look(address: str) -> Report:
    """One run on the page."""
    command = [*COMMAND, address, "--output=json", "--quiet", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(BOUNDS)}", f"--chrome-flags={' '.join(('--headless=new', *QUIET))}"]
    found = chromium_path()
    environment = {**os.environ, "CHROME_PATH": found} if found else None
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"Lighthouse gave no scores of {address}: {_first_error(done.stderr)}")
    report: Report = json.loads(done.stdout)
    return report


def scores(address: str, look: Callable[[str], Report] = look) -> tuple[dict[str, float], list[str]]:
    """The scores of the page and what lowered those that fall short.

    Other work on the machine can only lower a score: a first run within the bounds stands, and otherwise the median
    of three counts.
    """
    runs = [look(address)]
    if _short(_scores_of(runs[0])):
        runs += [look(address) for _ in range(RUNS - 1)]
    medians = {name: statistics.median(_scores_of(run)[name] for run in runs) for name in BOUNDS}
    return medians, [line for name in _short(medians) for line in _reasons(runs[-1], name)]


def _scores_of(report: Report) -> dict[str, float]:
    return {name: float(report["categories"][name]["score"] or 0) for name in BOUNDS}


def _short(scores: dict[str, float]) -> list[str]:
    return [name for name, bound in BOUNDS.items() if scores[name] < bound]


def _reasons(report: Report, category: str) -> list[str]:
    """Every audit of the category that counts and is not full."""
    counted = [one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"]]
    audits = [report["audits"][name] for name in counted]
    low = [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]
    return [f"{audit['id']} {audit['score']:.2f} {audit.get('displayValue', '')}".rstrip() for audit in low]


def _first_error(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if "error" in line.lower()]
    return lines[0] if lines else said.strip()

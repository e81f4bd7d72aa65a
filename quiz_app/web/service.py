"""What every page needs: settings, libraries, frame texts, the clock."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import current_app

from ..config import Settings
from ..content.frame import Frame
from ..services.libraries import Libraries

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Service:
    """The parts of one running service."""

    settings: Settings
    libraries: Libraries
    frame: Frame
    clock: Clock
    chance: random.Random = field(default_factory=random.SystemRandom)


def service() -> Service:
    """The service that answers this request."""
    return cast(Service, current_app.extensions["rongcuo"])


def now() -> datetime:
    """The moment of this request, aware and in UTC."""
    return service().clock()

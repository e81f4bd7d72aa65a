"""All tables, by subject; importing this package fills the metadata."""

from . import access, learning, library, people, reports, suggestions, units

__all__ = ["access", "learning", "library", "people", "reports", "suggestions", "units"]

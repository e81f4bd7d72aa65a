"""The form that asks for a list of unfinished study."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField


class UnfinishedForm(FlaskForm):  # type: ignore[misc]
    """Who asks, what for, which modules, which unit; `once` makes a form sent twice one list."""

    once = HiddenField()
    requested_by = StringField()
    purpose = TextAreaField()
    extent = RadioField(choices=[], validate_choice=False)
    unit = SelectField(choices=[], validate_choice=False)

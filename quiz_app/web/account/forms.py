"""The forms of signing in and activating."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

# Flask-WTF has no types, so its base class is untyped here.

MAX_NAME = 80
MAX_PASSWORD = 256


class LoginForm(FlaskForm):  # type: ignore[misc]
    """Name and password, and where to go on."""

    name = StringField(validators=[InputRequired(), Length(max=MAX_NAME)])
    password = PasswordField(validators=[InputRequired(), Length(max=MAX_PASSWORD)])
    next = HiddenField()


class ActivateForm(FlaskForm):  # type: ignore[misc]
    """Name, one-time code and the new password."""

    name = StringField(validators=[InputRequired(), Length(max=MAX_NAME)])
    code = StringField(validators=[InputRequired(), Length(max=40)])
    password = PasswordField(validators=[InputRequired(), Length(max=MAX_PASSWORD)])
    next = HiddenField()

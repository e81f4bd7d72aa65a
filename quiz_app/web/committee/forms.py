"""The form of 签阅 and 批示意见."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from ...services.report_desk import MAX_SIGNER, MAX_TEXT

# Flask-WTF has no types, so its base class is untyped here.


class ReceiptForm(FlaskForm):  # type: ignore[misc]
    """Who signed or instructed, on which day, and whether it was on paper."""

    signer = StringField(validators=[InputRequired(), Length(max=MAX_SIGNER)])
    signed_on = DateField(validators=[InputRequired()])
    text = TextAreaField(validators=[Length(max=MAX_TEXT)])
    from_paper = BooleanField()
    once = HiddenField(validators=[InputRequired(), Length(max=40)])

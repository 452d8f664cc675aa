"""Checks of one answer's form. What the law or the practice says about an answer is asked of the rules, not here."""

from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms.validators import StopValidation, ValidationError

from asb_cases.adapters.time import today


class Answer:
    """Stops at an answer that could not be read or was not given; says `message` where one was needed."""

    def __init__(self, message: str = "") -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors:
            raise StopValidation
        if field.data is None or field.data is False or field.data in ("", []):
            raise StopValidation(self.message)


class MaxLength:
    """No more than `length` characters, where the answer is kept as text."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, form: Any, field: Any) -> None:
        if isinstance(field.data, str) and len(field.data) > self.length:
            raise ValidationError(f"{field.label.text} must be {self.length:,} characters or fewer")


class EmailAddress:
    """Written as an e-mail address is. Nothing is looked up."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError("Enter an email address in the correct format, like name@example.com") from error


class NotInFuture:
    """A day no later than the day it is."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data > today():
            raise ValidationError(f"{field.noun} must be today or in the past")


class NotBeforeField:
    """A day no earlier than the one given in the form's field `other`."""

    def __init__(self, other: str) -> None:
        self.other = other

    def __call__(self, form: Any, field: Any) -> None:
        first = form[self.other]
        if isinstance(first.data, date) and field.data < first.data:
            raise ValidationError(f"{field.noun} must be the same as or after {first.noun[:1].lower()}{first.noun[1:]}")

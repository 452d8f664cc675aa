"""The base of every form, and the fields to build one from.

A form that changes something is a `Form`; one that changes a row which two people may edit is a `VersionedForm`; one
that only asks (filters, searches) is a `QueryForm` and is sent by GET.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import flash, g, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import Form as PlainForm
from wtforms import HiddenField

from asb_cases.domain.errors import CAUTIONS_NEED_REASON, Refusal, RuleBroken
from asb_cases.web.access import FORM_KEY, RESUMED, sent_form_key
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.choices import CheckboxesField, Choice, RadioField, SelectField, TickField
from asb_cases.web.fields.dates import DateField, TimeField
from asb_cases.web.fields.files import FileField
from asb_cases.web.fields.numbers import DecimalField, MoneyField, NumberField
from asb_cases.web.fields.rows import RowsField
from asb_cases.web.fields.text import EmailField, PasswordField, TextAreaField, TextField

__all__ = [
    "CautiousForm",
    "CheckboxesField",
    "Choice",
    "DateField",
    "DecimalField",
    "EmailField",
    "FileField",
    "Form",
    "MoneyField",
    "NumberField",
    "PasswordField",
    "QueryForm",
    "RadioField",
    "RowsField",
    "SelectField",
    "TextAreaField",
    "TextField",
    "TickField",
    "TimeField",
    "VersionField",
    "VersionedForm",
    "refusals_in",
]


class FormError(NamedTuple):
    """One line of the error summary: what is wrong and the id of the control that puts it right, if there is one."""

    message: str
    target: str | None


class TypedAnswer(NamedTuple):
    """One answer of the form that was sent, as it was typed, and as the row now has it (None where it has no such thing)."""

    label: str
    typed: str
    now: str | None


def sent_answers(row: object = None) -> list[TypedAnswer]:
    """What was typed into the form of this request, for pages that must not lose it; empty where no form was read.

    `row`: the row that the form was for, whose columns are named as the form's fields are.
    """
    form = g.get("sent_form")
    fields = [field for field in form or () if isinstance(field, GovukField)]
    return [TypedAnswer(field.label.text, field.as_typed(), _now(row, field)) for field in fields]


def _now(row: object, field: GovukField) -> str | None:
    kept = not isinstance(field, PasswordField | FileField | RowsField)  # rows are records of their own
    shown = kept and _has(row, field.short_name)
    return field.in_words(getattr(row, field.short_name)) if shown else None


def _has(row: object, name: str) -> bool:
    """Whether a row has a value of this name. What belongs to it (its subject, its case) is no value of its own."""
    mapper = getattr(type(row), "__mapper__", None)
    return hasattr(row, name) if mapper is None else name in mapper.column_attrs


class _GovukForm(PlainForm):
    """What asking forms and changing forms share."""

    #: What a rule calls an answer, where the page asks for it by another name.
    asked_as: Mapping[str, str] = MappingProxyType({})

    @property
    def refusals(self) -> list[Refusal]:
        """What the rules refused about it, each with its authority and its remedy."""
        refused: list[Refusal] = self.__dict__.setdefault("_refusals", [])
        return refused

    @property
    def http_status(self) -> int:
        """The status of the page that shows it: 422 where something in it is to be put right."""
        return 422 if self.errors else 200

    def error_items(self) -> list[FormError]:
        """Everything wrong, in the order of the page: for the error summary, and for the title's "Error:"."""
        return list(self._error_items())

    def _error_items(self) -> Iterator[FormError]:
        for field in self:
            if isinstance(field, GovukField):
                yield from (FormError(message, target) for message, target in field.error_items())
            else:
                yield from (FormError(str(message), None) for message in field.errors)
        for message in self.form_errors:
            yield FormError(str(message), None)

    def is_searchable(self) -> bool:
        """Whether a list on it is searched by typing, which needs a script of its own."""
        return any(isinstance(field, SelectField) and field.searchable for field in self)

    def has_rows(self) -> bool:
        """Whether it has buttons of its own that send it (RowsField): the key Enter must not press the first of them."""
        return any(isinstance(field, RowsField) for field in self)

    def has_files(self) -> bool:
        """Whether files can be sent with it, which needs another encoding."""
        return any(isinstance(field, FileField) for field in self)

    def show_refusals(self, refusals: Iterable[Refusal]) -> None:
        """Put what the rules refused beside the answers it is about, else at the top of the page. The way to put it
        right, and the authority, stand below the error summary (macros/refusals.html)."""
        for refusal in refusals:
            self.refusals.append(refusal)
            name = self.asked_as.get(refusal.field or "", refusal.field)
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, refusal.message]
            else:
                self.form_errors.append(refusal.message)


class Form(_GovukForm, FlaskForm):  # type: ignore[misc]
    """A form that changes something: sent by POST and protected against forgery."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.is_submitted():
            g.sent_form = self

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether it was sent and every answer can be used. One that was kept over a new sign-in is shown again first,
        filled in: somebody else may have sat down meanwhile."""
        if self.is_submitted() and request.form.get(RESUMED):
            flash("What you typed is here again. Nothing is saved yet: check it, then send it.", "information")
            return False
        if any(isinstance(field, RowsField) and field.pressed for field in self):
            return False  # sent for a row more or less, not to be saved
        return bool(super().validate_on_submit(extra_validators))

    def hidden(self) -> Markup:
        """The fields nobody sees, without ids, so that a page may hold several forms. Goes inside every `<form>`.

        The key tells one sending of the form from the next (web/sent_twice.py).
        """
        written = Markup('<input type="hidden" name="{}" value="{}">')
        fields = [written.format("csrf_token", generate_csrf())]
        fields.append(written.format(FORM_KEY, sent_form_key() or secrets.token_urlsafe(16)))
        fields += [
            written.format(field.name, field.data or "") for field in self if type(field) in (HiddenField, VersionField)
        ]
        return Markup("").join(fields)


class VersionField(HiddenField):
    """The version of the row that the person was shown.

    Anything else in it counts as the oldest: a conflict, not a fault.
    """

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


class VersionedForm(Form):
    """A form for a row that two people may edit. Fill it with `version=row.version`; pass `version.data` to the act."""

    version = VersionField()


class CautiousForm(VersionedForm):
    """A form of an act against which practice may advise: the act says what it is, and asks for a reason to go on.

    Draw the field with `macros/cautions.html`: it is seen only once it is asked for. Pass `cautions_reason.data` on.
    """

    cautions_reason = TextAreaField(
        "Why you go on as it is", hint="Your reason is kept with the record.", rows=3, max_length=2000
    )

    @property
    def asks_reason(self) -> bool:
        """Whether the act has asked, or a reason was typed before."""
        asked = any(refusal.code == CAUTIONS_NEED_REASON.code for refusal in self.refusals)
        return asked or bool(self.cautions_reason.errors or self.cautions_reason.data)


@contextmanager
def refusals_in(form: _GovukForm) -> Iterator[None]:
    """Call one act inside. What it refuses is put into the form, which the view then shows again:

    if form.validate_on_submit():
        with refusals_in(form):
            act(...)
            return redirect(...)
    return render_template(..., form=form), form.http_status
    """
    try:
        yield
    except RuleBroken as broken:
        form.show_refusals(broken.refusals)


class QueryForm(_GovukForm):
    """A form that asks: read from the address, changes nothing, needs no protection against forgery."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(formdata=request.args, **arguments)

"""The parts that every field's markup is made of: group, label, legend, hint and error message.

Written in Python, not as template macros: a page of macros for a form costs many times the rest of the page. Everything
that varies goes through `Markup.format`, which escapes it.
"""

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from asb_cases.web.fields.base import GovukField

EMPTY = Markup("")


def attributes(**values: object) -> Markup:
    """HTML attributes; None and False are left out, True stands by itself. `data_module` is written `data-module`."""
    written = EMPTY
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        key = name.rstrip("_").replace("_", "-")
        written += Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value)
    return written


def described_by(field: "GovukField") -> str:
    """The ids of the hint and the error message, for `aria-describedby`."""
    parts = [f"{field.id}-hint"] if field.description else []
    return " ".join([*parts, f"{field.id}-error"] if field.errors else parts)


def hint(field: "GovukField") -> Markup:
    """The hint, if there is one."""
    if not field.description:
        return EMPTY
    return Markup('<div id="{}-hint" class="govuk-hint">{}</div>').format(field.id, field.description)


def error(field: "GovukField") -> Markup:
    """The first thing wrong, if anything is."""
    if not field.errors:
        return EMPTY
    return Markup(
        '<p id="{}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> {}</p>'
    ).format(field.id, field.errors[0])


def label(field: "GovukField", size: str, heading: bool) -> Markup:
    """The label of a field with one control; `heading` makes it the page's only heading."""
    classes = f"govuk-label govuk-label--{size}" if size else "govuk-label"
    written = Markup('<label class="{}" for="{}">{}</label>').format(classes, field.id, field.label.text)
    return Markup('<h1 class="govuk-label-wrapper">{}</h1>').format(written) if heading else written


def fieldset(field: "GovukField", size: str, heading: bool, controls: Markup, role: str | None = None) -> Markup:
    """A question with several controls."""
    classes = f"govuk-fieldset__legend govuk-fieldset__legend--{size}" if size else "govuk-fieldset__legend"
    text = escape(field.label.text)
    if heading:
        text = Markup('<h1 class="govuk-fieldset__heading">{}</h1>').format(text)
    return Markup('<fieldset class="govuk-fieldset"{}><legend class="{}">{}</legend>{}{}{}</fieldset>').format(
        attributes(role=role, aria_describedby=described_by(field)), classes, text, hint(field), error(field), controls
    )


def group(field: "GovukField", content: Markup, extra: Markup = EMPTY, classes: str = "") -> Markup:
    """The outermost element of a field."""
    names = " ".join(filter(None, ("govuk-form-group", "govuk-form-group--error" if field.errors else "", classes)))
    return Markup('<div class="{}"{}>{}</div>\n').format(names, extra, content)

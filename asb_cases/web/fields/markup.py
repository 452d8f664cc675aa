"""The parts that every field's markup is made of: group, label, legend, hint and error message.

Written in Python, not as template macros: a page of macros for a form costs many times the rest of the page; and with
`written`, which fills in what varies several times as fast as `Markup.format`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from asb_cases.web.filters import unbroken

if TYPE_CHECKING:
    from asb_cases.web.fields.base import GovukField

EMPTY = Markup("")
_BARE, _NAMED = Markup(" %s"), Markup(' %s="%s"')


def written(template: Markup, *values: object) -> Markup:
    """A piece of markup with `%s` where values go: each is escaped unless it is markup already."""
    return template % tuple([escape(value) for value in values])


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces of markup, one after another."""
    return EMPTY.join(parts)


def attributes(**values: object) -> Markup:
    """HTML attributes; None and False are left out, True stands by itself. `data_module` is written `data-module`."""
    parts = []
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        key = name.rstrip("_").replace("_", "-")
        parts.append(written(_BARE, key) if value is True else written(_NAMED, key, value))
    return joined(parts)


def described_by(field: "GovukField") -> str:
    """The ids of the hint and the error message, for `aria-describedby`."""
    parts = [f"{field.id}-hint"] if field.description else []
    return " ".join([*parts, f"{field.id}-error"] if field.errors else parts)


def hint(field: "GovukField") -> Markup:
    """The hint, if there is one."""
    if not field.description:
        return EMPTY
    return written(Markup('<div id="%s-hint" class="govuk-hint">%s</div>'), field.id, unbroken(field.description))


def error(field: "GovukField") -> Markup:
    """The first thing wrong, if anything is."""
    if not field.errors:
        return EMPTY
    return written(
        Markup('<p id="%s-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> %s</p>'),
        field.id,
        field.errors[0],
    )


def label(field: "GovukField", size: str, heading: bool) -> Markup:
    """The label of a field with one control; `heading` makes it the page's only heading."""
    classes = f"govuk-label govuk-label--{size}" if size else "govuk-label"
    text = written(Markup('<label class="%s" for="%s">%s</label>'), classes, field.id, field.label.text)
    return written(Markup('<h1 class="govuk-label-wrapper">%s</h1>'), text) if heading else text


def fieldset(field: "GovukField", size: str, heading: bool, controls: Markup, role: str | None = None) -> Markup:
    """A question with several controls."""
    classes = f"govuk-fieldset__legend govuk-fieldset__legend--{size}" if size else "govuk-fieldset__legend"
    text = escape(field.label.text)
    if heading:
        text = written(Markup('<h1 class="govuk-fieldset__heading">%s</h1>'), text)
    named = attributes(role=role, aria_describedby=described_by(field))
    return written(
        Markup('<fieldset class="govuk-fieldset"%s><legend class="%s">%s</legend>%s%s%s</fieldset>'),
        *(named, classes, text, hint(field), error(field), controls),
    )


def group(field: "GovukField", content: Markup, extra: Markup = EMPTY, classes: str = "") -> Markup:
    """The outermost element of a field."""
    names = " ".join(filter(None, ("govuk-form-group", "govuk-form-group--error" if field.errors else "", classes)))
    return written(Markup('<div class="%s"%s>%s</div>\n'), names, extra, content)

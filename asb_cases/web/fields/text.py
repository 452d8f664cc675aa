"""Fields with one line, many lines, or a password."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from asb_cases.web.fields import markup
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.typed_text import on_one_line, storable, tidied
from asb_cases.web.validators import MaxLength

LINE_LENGTH, TEXT_LENGTH, PASSWORD_LENGTH = 200, 4000, 256


class TextField(GovukField):
    """One line. `width` in characters (2, 3, 4, 5, 10, 20, 30) is a sign of the length expected."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        max_length: int = LINE_LENGTH,
        width: int | None = None,
        input_type: str = "text",
        inputmode: str | None = None,
        autocomplete: str | None = None,
        spellcheck: bool | None = None,
        prefix: str = "",
        suffix: str = "",
        **arguments: Any,
    ) -> None:
        super().__init__(label, [MaxLength(max_length), *validators], **arguments)
        self.width, self.input_type, self.inputmode = width, input_type, inputmode
        self.autocomplete, self.spellcheck = autocomplete, spellcheck
        self.before, self.after = prefix, suffix

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = on_one_line(str(valuelist[0])) or None if valuelist else None

    def draw(self, *, size: str, heading: bool) -> Markup:
        control = self._affixed(self._input())
        return markup.group(self, markup.label(self, size, heading) + markup.hint(self) + markup.error(self) + control)

    def _input(self) -> Markup:
        classes = " ".join(
            filter(
                None,
                (
                    "govuk-input",
                    f"govuk-input--width-{self.width}" if self.width else "",
                    "govuk-input--error" if self.errors else "",
                ),
            )
        )
        return Markup("<input{}>").format(
            markup.attributes(
                class_=classes,
                id=self.id,
                name=self.name,
                type=self.input_type,
                value=on_one_line(self.as_typed()),
                inputmode=self.inputmode,
                autocomplete=self.autocomplete,
                spellcheck=None if self.spellcheck is None else str(self.spellcheck).lower(),
                aria_describedby=markup.described_by(self),
            )
        )

    def _affixed(self, control: Markup) -> Markup:
        if not (self.before or self.after):
            return control
        before = Markup('<div class="govuk-input__prefix" aria-hidden="true">{}</div>').format(self.before)
        after = Markup('<div class="govuk-input__suffix" aria-hidden="true">{}</div>').format(self.after)
        return Markup('<div class="govuk-input__wrapper">{}{}{}</div>').format(
            before if self.before else "", control, after if self.after else ""
        )


class EmailField(TextField):
    """An e-mail address, kept as typed: whether one can be delivered to is not for a form to know."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **arguments: Any) -> None:
        given = {"input_type": "email", "autocomplete": "email", "spellcheck": False, "max_length": 254, **arguments}
        super().__init__(label, validators, **given)


class TextAreaField(GovukField):
    """Several lines. `counted` shows how many characters are left."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        max_length: int = TEXT_LENGTH,
        rows: int = 5,
        counted: bool = False,
        **arguments: Any,
    ) -> None:
        super().__init__(label, [MaxLength(max_length), *validators], **arguments)
        self.max_length, self.rows, self.counted = max_length, rows, counted

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = tidied(str(valuelist[0])) or None if valuelist else None

    def draw(self, *, size: str, heading: bool) -> Markup:
        classes = "govuk-textarea" + (" govuk-textarea--error" if self.errors else "")
        described = markup.described_by(self)
        if self.counted:
            classes += " govuk-js-character-count"
            described = f"{described} {self.id}-info".strip()
        # A browser drops the first line break after the tag, so one is written for it to drop.
        control = Markup("<textarea{}>\n{}</textarea>").format(
            markup.attributes(class_=classes, id=self.id, name=self.name, rows=self.rows, aria_describedby=described),
            self.as_typed(),
        )
        content = markup.label(self, size, heading) + markup.hint(self) + markup.error(self) + control
        if not self.counted:
            return markup.group(self, content)
        content += Markup(
            '<div id="{}-info" class="govuk-hint govuk-character-count__message">'
            "You can enter up to {:,} characters</div>"
        ).format(self.id, self.max_length)
        extra = markup.attributes(data_module="govuk-character-count", data_maxlength=self.max_length)
        return markup.group(self, content, extra, "govuk-character-count")


class PasswordField(GovukField):
    """A password: never printed back, never trimmed, with a button that shows it. May be pasted."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        autocomplete: str = "current-password",
        **arguments: Any,
    ) -> None:
        super().__init__(label, [MaxLength(PASSWORD_LENGTH), *validators], **arguments)
        self.autocomplete = autocomplete

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = storable(str(valuelist[0])) or None if valuelist else None

    def as_typed(self) -> str:
        """Nothing: a password is shown on no page."""
        return ""

    def draw(self, *, size: str, heading: bool) -> Markup:
        error = " govuk-input--error" if self.errors else ""
        control = Markup("<input{}>").format(
            markup.attributes(
                class_=f"govuk-input govuk-password-input__input govuk-js-password-input-input{error}",
                id=self.id,
                name=self.name,
                type="password",
                spellcheck="false",
                autocapitalize="none",
                autocomplete=self.autocomplete,
                aria_describedby=markup.described_by(self),
            )
        )
        button = Markup(
            '<button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle '
            'govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="{}" aria-label="Show password" '
            "hidden>Show</button>"
        ).format(self.id)
        wrapped = Markup('<div class="govuk-input__wrapper govuk-password-input__wrapper">{}{}</div>').format(
            control, button
        )
        content = markup.label(self, size, heading) + markup.hint(self) + markup.error(self) + wrapped
        extra = markup.attributes(data_module="govuk-password-input")
        return markup.group(self, content, extra, "govuk-password-input")

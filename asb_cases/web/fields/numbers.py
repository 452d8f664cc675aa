"""Whole numbers and sums of money."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from asb_cases.web.fields.text import TextField

#: More pounds than any sum in this service; a longer number is a slip, and must fit the database's integer.
MOST_POUNDS = 9_999_999


class NumberField(TextField):
    """A whole number from `least` to `most`."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        least: int = 0,
        most: int = 999_999,
        width: int = 5,
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, width=width, inputmode="numeric", max_length=20, **arguments)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            return
        text, self.data = self.data.replace(",", ""), None
        if not re.fullmatch(r"-?[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise ValueError(f"{self.label.text} must be a whole number between {self.least:,} and {self.most:,}")
        self.data = int(text)


class DecimalField(TextField):
    """A number with at most `places` decimals and no further from nought than `most`, as `Decimal`."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        places: int = 2,
        most: int = 9_999_999_999,
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, width=10, inputmode="decimal", max_length=20, **arguments)
        self.places, self.most = places, most

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            return
        text, self.data = self.data.replace(",", ""), None
        if not re.fullmatch(rf"[-+]?[0-9]{{1,10}}(\.[0-9]{{1,{self.places}}})?", text):
            raise ValueError(f"{self.label.text} must be a number, like 14081 or 2.5")
        if abs(Decimal(text)) > self.most:
            raise ValueError(f"{self.label.text} must be {self.most:,} or less")
        self.data = Decimal(text)


class MoneyField(TextField):
    """A sum typed in pounds, kept as whole pence."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **arguments: Any) -> None:
        given = {"width": 10, "prefix": "£", "inputmode": "decimal", **arguments}
        super().__init__(label, validators, max_length=20, **given)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            return
        text, self.data = re.sub(r"[£,\s]", "", self.data), None
        found = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{2}))?", text)
        if not found or int(found[1]) > MOST_POUNDS:
            raise ValueError(f"{self.label.text} must be an amount of money, like 100 or 75.50")
        self.data = int(found[1]) * 100 + int(found[2] or 0)

    def in_words(self, value: Any) -> str:
        """The sum in pounds, without their sign."""
        if not isinstance(value, int):
            return super().in_words(value)
        pounds, pence = divmod(value, 100)
        return f"{pounds}.{pence:02}" if pence else str(pounds)

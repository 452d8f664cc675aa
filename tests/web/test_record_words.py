"""What templates say of the registers of the rules."""

from asb_cases.domain.powers.screening import Screened
from asb_cases.web.record_words import screen_rows


def test_what_the_screen_found_nothing_on_stands_in_one_row() -> None:
    answers = [Screened("equality", False), Screened("health", True, "Depression"), Screened("care", False)]
    assert screen_rows(answers) == [
        {"key": "Mental and physical health", "value": "To be considered: Depression"},
        {"key": "Nothing known of", "value": "Protected characteristics; Care and support needs"},
    ]
    assert screen_rows([]) == []

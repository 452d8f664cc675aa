"""Whatever is sent to a form, the answer is a page, never a fault."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from asb_cases.web.fields.typed_text import tidied
from tests.support.sample_pages import EveryFieldForm, sample_app

APP = sample_app(WTF_CSRF_ENABLED=False)
with APP.test_request_context():
    NAMES = [field.name for field in EveryFieldForm()]
PARTS = [f"{name}-{part}" for name in ("given_on", "ends_on", "at") for part in ("day", "month", "year")]
NASTY = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\u202eabc",
        "0",
        "-1",
        "1e9",
        "9" * 40,
        "\u0663\u0664",
        "\ufeff",
        "<b>",
        "{{7*7}}",
        "%s",
        "2016-02-30",
        "29",
        "2",
    ]
)
ANSWERS = st.lists(st.tuples(st.sampled_from(NAMES + PARTS), NASTY | st.text(max_size=40)), max_size=25)


@given(ANSWERS)
def test_a_post_is_answered_with_a_page(answers: list[tuple[str, Any]]) -> None:
    assert APP.test_client().post("/form", data=MultiDict(answers)).status_code in {302, 409, 422}


@given(st.text() | st.text(alphabet="\ud800\udfff\x00\r\n\t a"))
def test_tidied_text_can_be_stored_and_stays_as_it_is(typed: str) -> None:
    kept = tidied(typed)
    assert kept.encode().decode() == kept
    assert "\x00" not in kept
    assert tidied(kept) == kept


@given(st.lists(st.tuples(st.sampled_from(["channel", "since", "since-day", "since-year", "text"]), NASTY), max_size=8))
def test_a_filter_is_answered_with_a_page(answers: list[tuple[str, str]]) -> None:
    assert APP.test_client().get("/cases", query_string=answers).status_code == 200

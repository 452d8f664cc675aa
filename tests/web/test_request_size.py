"""However a form is encoded, it carries no more than the settings allow, and nobody's worker is kept busy by it."""

import pytest

from tests.support.sample_pages import sample_app

PLAIN = "application/x-www-form-urlencoded"
TWO_PARTS = "multipart/form-data; boundary=B"


def parts(count: int) -> bytes:
    """A form of so many fields as it is sent with files."""
    field = b'--B\r\nContent-Disposition: form-data; name="k"\r\n\r\n1\r\n'
    return field * count + b"--B--\r\n"


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        (PLAIN, b"a=" + b"x" * 4900, 422),
        (PLAIN, b"a=" + b"x" * 5000, 413),
        (PLAIN, b"&".join([b"a"] * 20), 422),
        (PLAIN, b"&".join([b"a"] * 21), 413),
        (PLAIN, b"&" * 20, 413),
        (TWO_PARTS, parts(20), 422),
        (TWO_PARTS, parts(21), 413),
    ],
)
def test_a_form_is_bounded_in_length_and_in_fields(encoding: str, body: bytes, status: int) -> None:
    app = sample_app(WTF_CSRF_ENABLED=False, MAX_FORM_MEMORY_SIZE=5000, MAX_FORM_PARTS=20)
    assert app.test_client().post("/form", data=body, content_type=encoding).status_code == status


def test_what_stays_within_the_bounds_is_read_whole() -> None:
    app = sample_app(WTF_CSRF_ENABLED=False)
    typed = "Ærøskøbing & co = 1+1 % 😀"
    answer = app.test_client().post("/form", data={"name": typed, "version": "3"})
    assert answer.status_code == 422
    assert typed.replace("&", "&amp;") in answer.text

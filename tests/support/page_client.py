"""The client that tests fetch pages with. Whatever a test is about, the page it is given must be a good page."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.page_markup import Element, Page
from tests.support.page_rules import page_faults

#: Headers of every page, and what must be in them (interfaces that council security teams check).
PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'",
}


class PageClient(FlaskClient):
    """Flask's test client, which judges every response before it hands it over."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        for one in (*response.history, response):
            faults = response_faults(one)
            assert not faults, f"{one.request.method} {one.request.path} ({one.status_code}):\n- " + "\n- ".join(faults)
        return response

    def page(self, path: str, **kwargs: Any) -> Page:
        """The page at `path`, read."""
        return Page(self.get(path, **kwargs).get_data(as_text=True))

    def submit(self, path: str, fields: dict[str, Any] | None = None, *, form: int = -1, **kwargs: Any) -> TestResponse:
        """Fetch `path`, fill in its last post form (or the `form`-th) and send it, hidden fields and all, as a person
        without JavaScript would."""
        chosen = self._post_form(path, form)
        data = {**_hidden_fields(chosen), **(fields or {})}
        return self.post(chosen.attributes.get("action") or path, data=data, **kwargs)

    def hidden(self, path: str, *, form: int = -1) -> dict[str, str]:
        """The hidden fields of that form: what a tab holds that was opened now and is sent later."""
        return _hidden_fields(self._post_form(path, form))

    def _post_form(self, path: str, form: int) -> Element:
        forms = [
            found for found in self.page(path).root.all("form") if found.attributes.get("method", "").lower() == "post"
        ]
        return forms[form]


def _hidden_fields(form: Element) -> dict[str, str]:
    return {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in form.all("input")
        if field.attributes.get("type") == "hidden" and "name" in field.attributes
    }


def response_faults(response: TestResponse) -> list[str]:
    """What is wrong with one response: with its headers, and with its page if it is one."""
    to_be_saved = response.headers.get("Content-Disposition", "").startswith("attachment")
    if response.mimetype != "text/html" or to_be_saved or response.status_code in range(300, 400):
        return []
    faults = [
        f"the header {name} is {response.headers.get(name)!r}: {wanted} is missing"
        for name, wanted in PAGE_HEADERS.items()
        if wanted not in response.headers.get(name, "")
    ]
    if "unsafe-" in response.headers.get("Content-Security-Policy", ""):
        faults.append("the content security policy allows something unsafe")
    if response.request.method != "HEAD":
        faults += page_faults(response.get_data(as_text=True))
    return faults

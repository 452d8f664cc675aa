"""A yearly report as HTML: a file that stands by itself, to be published, and of which the PDF is printed.

What people wrote has passed the reader of the markup, and is escaped like everything else. What leaves as a file is cleaned once
more, so that nothing but the elements of a report is ever in it.
"""

from base64 import b64encode

import nh3
from flask import render_template

from asb_cases.reports.annual_charts import drawing_of
from asb_cases.reports.annual_document import Chart, Document

TAGS = {
    "a", "strong", "em", "p", "span", "ul", "ol", "li", "h2", "h3", "h4", "dl", "div", "dt", "dd", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href"},
    "div": {"role", "aria-label", "tabindex"},
    "th": {"scope"},
    "img": {"src", "alt", "width"},
}
DRAWING = "data:image/svg+xml;base64,"
#: Where the body comes in the page around it.
BODY = "<!-- the report -->"


def file_html(document: Document) -> str:
    """A page by itself. Its charts are in it, as pictures with words; no number leads anywhere: it is for the public."""
    body = render_template("annual_reports/body.html", document=document, links=False, picture=_picture)
    page = render_template("annual_reports/file.html", document=document)
    return page.replace(BODY, _cleaned(body), 1)


def _picture(chart: Chart) -> str:
    drawn = render_template("annual_reports/chart_file.html", drawing=drawing_of(chart))
    return DRAWING + b64encode(drawn.encode()).decode()


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )

"""The judge of pages is judged too: each rule finds its fault, and a good page has none."""

import pytest

from tests.support.page_rules import page_faults

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Cases - ASB cases</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/asb.css"></head>
<body><a href="#main">Skip to main content</a><main id="main"><h1>Cases</h1>{}</main></body></html>"""


def test_good_page_has_no_fault() -> None:
    inner = """<h2>Open</h2><p>Two<br>lines</p>
    <form method="post"><input type="hidden" name="csrf_token" value="x"><label for="a">Name</label><input id="a" name="a">
    <fieldset><legend>Kind</legend><input type="radio" id="k1" name="k"><label for="k1">One</label>
    <input type="radio" id="k2" name="k"><label for="k2">Two</label></fieldset><button>Save</button></form>
    <table><caption>Cases</caption><tr><th scope="col">Reference</th></tr></table><svg><path d="M0"/></svg>"""
    assert page_faults(GOOD.format(inner)) == []


@pytest.mark.parametrize(
    ("inner", "fault"),
    [
        ("<div><p>x</div>", "</div> comes while <p>"),
        ("<p>x", "</main> comes while <p>"),
        ("</b>", "</b> closes nothing"),
        ("<div/>", "closes itself"),
        ("<p class='a' class='b'>x</p>", "has class twice"),
        ("<h1>Again</h1>", "2 h1 headings"),
        ("<h3>Deep</h3>", "a level is missing"),
        ("<p id='main'>x</p>", "'main' stands 2 times"),
        ("<p aria-describedby='no'>x</p>", "refers to nothing"),
        ("<a href='#no'>x</a>", "leads nowhere"),
        ("<input name='q'>", "'q' (line 4) has no label"),
        ("<label for='q'></label><input id='q' name='q'>", "has no label"),
        ("<label><input type='radio' name='k'>1</label><label><input type='radio' name='k'>2</label>", "no fieldset"),
        ("<a href='/'></a>", "<a> without words"),
        ("<img src='/x.png'>", "<img> without alt"),
        ("<table><tr><th scope='col'>A</th></tr></table>", "without a caption"),
        ("<table><caption>T</caption><tr><th>A</th></tr></table>", "without scope"),
        ("<p style='color: red'>x</p>", "a style attribute"),
        ("<p onclick='x()'>x</p>", "onclick on <p>"),
        ("<script>x()</script>", "inline <script> without nonce"),
        ("<a href='javascript:x()'>x</a>", "javascript: link"),
        ("<script src='https://cdn.example/x.js'></script>", "from another site"),
        ("<a href='/' tabindex='3'>x</a>", "jumps the queue"),
        ("<form method='get'><input type='hidden' name='csrf_token'></form>", "get form with a forgery token"),
        ("<form method='post'></form>", "post form without"),
        ("<p>None</p>", "'None' in <p>"),
        ("<p>{% if %}</p>", "not for people"),
    ],
)
def test_fault_is_found(inner: str, fault: str) -> None:
    faults = page_faults(GOOD.replace("{}", inner))
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("<!DOCTYPE html>", "", "does not begin"),
        (' lang="en-GB"', "", "names no language"),
        ("<title>Cases", "<title>ASB", "does not begin with the heading"),
        ('<meta name="viewport" content="width=device-width">', "", "no meta viewport"),
        ('<main id="main">', '<main></main><main id="main">', "not exactly one <main>"),
    ],
)
def test_fault_of_the_frame_is_found(part: str, instead: str, fault: str) -> None:
    faults = page_faults(GOOD.replace(part, instead).replace("{}", ""))
    assert any(fault in found for found in faults), faults

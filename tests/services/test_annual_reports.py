"""The yearly report from its beginning to a revised edition: nobody's words are lost, and what was signed stays."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from asb_cases.adapters.storage import Storage
from asb_cases.domain.annual_report import BlockKind, ListOf, SentenceShape
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.queries.annual_reports import blocks_of, edition_in, report_to_write, sections_of
from asb_cases.reports.annual_document import Document, Items, Paragraph, decoded, plain
from asb_cases.reports.annual_report import annual_document, changed_since
from asb_cases.services import annual_reports as acts
from asb_cases.services.annual_report_blocks import Said, add_block, change_block, move_block, write_section
from asb_cases.services.annual_report_signing import reopen, sign_off
from asb_cases.services.versions import StaleVersion
from tests.factories import NOW, TODAY, make_actor, make_intervention

YEAR, COUNCIL = 2025, "Oxford City Council"


def document() -> Document:
    return annual_document(report_to_write(YEAR), CONSOLE, today=TODAY, council=COUNCIL)


def passages() -> list[str]:
    found = []
    for element in document().elements:
        if isinstance(element, Paragraph):
            found.append(f"{element.number}. {plain(element.runs)}")
        elif isinstance(element, Items):
            found += [f"- {plain(item.runs)}" for item in element.items]
    return found


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def figure(**said: object) -> Said:
    return Said(**{"kind": BlockKind.FIGURE, "figure": "cpw_issued", "as_sentence": True, **said})  # type: ignore[arg-type]


@pytest.fixture
def section_id(in_app: Flask) -> int:
    """A report with one section, and a warning in its year."""
    make_intervention("CPW", issued_on=date(2025, 6, 2))
    acts.start_report(actor=CONSOLE, now=NOW, year=YEAR)
    for each in sections_of(report_to_write(YEAR)):
        acts.move_section(actor=CONSOLE, now=NOW, year=YEAR, section_id=each.id, to="out")
    return write_section(
        actor=CONSOLE,
        now=NOW,
        year=YEAR,
        heading="Enforcement",
        level=1,
        blocks=[Said(kind=BlockKind.TEXT, text="Words.\n\n- a bullet"), figure(shape=SentenceShape.BULLET)],
    )


@pytest.mark.engines("sqlite")
def test_blocks_in_the_order_and_the_shape_that_was_chosen(section_id: int) -> None:
    same = {"actor": CONSOLE, "now": NOW, "year": YEAR}
    listed = Said(kind=BlockKind.LIST, list_of=ListOf.PRIORITIES, introduction="{count} priorities:", text="One\nTwo")
    list_id = add_block(**same, section_id=section_id, said=listed)
    add_block(
        **same,
        section_id=section_id,
        said=figure(wording="{value} in {period}.", compared_with="none", shape=SentenceShape.RUNS_ON),
    )
    sentence = "Community protection warnings (CPWs) given increased, from 0 in 2024-25 to 1 in 2025-26."
    assert passages() == [
        "1. Words.",
        "- a bullet",
        f"- {sentence}",
        "2. 2 priorities:",
        "- One",
        "- Two 1 in 2025-26.",
    ]
    move_block(**same, block_id=list_id, to="up")
    assert passages()[:4] == ["1. Words.", "- a bullet", "2. 2 priorities:", "- One"]
    move_block(**same, block_id=list_id, to="out")
    assert "2. 2 priorities:" not in passages()
    move_block(**same, block_id=list_id, to="back")
    assert [block.kind for block in blocks_of(sections_of(report_to_write(YEAR))[0])][-1] is BlockKind.LIST


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        (figure(wording="{title}: 154, or {value}"), "typed_number"),
        (figure(figure="no_such"), "no_such_figure"),
        (figure(as_sentence=False), "show_something"),
        (figure(first=date(2025, 4, 1)), "period_whole"),
        (figure(compared_with="last year"), "not_a_period"),
        (Said(kind=BlockKind.TEXT, text=" "), "nothing_said"),
    ],
)
def test_what_a_block_may_not_say(section_id: int, said: Said, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_block(actor=CONSOLE, now=NOW, year=YEAR, section_id=section_id, said=said)
    assert codes(refused) == [code]


@pytest.mark.engines("sqlite")
def test_of_two_authors_at_once_the_later_is_told_and_a_change_takes_approval_back(section_id: int) -> None:
    same = {"actor": CONSOLE, "now": NOW, "year": YEAR}
    (section,) = sections_of(report_to_write(YEAR))
    words, version, seen = blocks_of(section)[0].id, blocks_of(section)[0].version, section.version
    acts.approve_section(**same, section_id=section_id, version=seen)
    change_block(**same, block_id=words, version=version, said=Said(kind=BlockKind.TEXT, text="Mine."))
    with pytest.raises(StaleVersion):
        change_block(**same, block_id=words, version=version, said=Said(kind=BlockKind.TEXT, text="Theirs."))
    assert passages()[0] == "1. Mine."
    assert sections_of(report_to_write(YEAR))[0].approved_at is None
    with pytest.raises(StaleVersion):
        acts.approve_section(**same, section_id=section_id, version=seen)
    acts.comment_on(**same, section_id=section_id, text="Good.")
    acts.approve_section(**same, section_id=section_id, version=None)
    with pytest.raises(RuleBroken) as refused:
        acts.comment_on(**same, section_id=section_id, text="Late.")
    assert codes(refused) == ["comments_closed"]


@pytest.mark.engines("sqlite")
def test_last_years_structure_is_carried_and_analysts_write_but_do_not_approve(section_id: int) -> None:
    analyst = make_actor(Role.ANALYST)
    acts.change_cover(
        actor=analyst, now=NOW, year=YEAR, version=None, comparisons=None,
        lines={"to": ("Meeting", "Cabinet"), "date": (None, "1 June")},
    )  # fmt: skip
    acts.start_report(actor=analyst, now=NOW, year=2026, carry_from=YEAR)
    carried = report_to_write(2026)
    assert [section.heading for section in sections_of(carried)] == ["Enforcement"]
    assert {line.code: (line.label, line.text) for line in carried.cover} == {
        "to": ("Meeting", "Cabinet"),
        "date": ("Date", None),
    }
    with pytest.raises(RuleBroken):
        acts.start_report(actor=analyst, now=NOW, year=2026)
    with pytest.raises(NotPermitted):
        acts.approve_section(actor=analyst, now=NOW, year=YEAR, section_id=section_id, version=None)
    with pytest.raises(NotPermitted):
        acts.start_report(actor=make_actor(Role.OFFICER), now=NOW, year=2020)


def test_what_was_signed_stays_and_what_changes_is_said_with_its_reason(section_id: int, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    signing = {"actor": CONSOLE, "now": NOW, "year": YEAR, "version": None, "storage": storage, "council": COUNCIL}
    with pytest.raises(RuleBroken) as refused:
        sign_off(**signing)
    assert codes(refused) == ["sections_open"]
    acts.approve_section(actor=CONSOLE, now=NOW, year=YEAR, section_id=section_id, version=None)
    assert sign_off(**signing) == 1
    first = edition_in(YEAR, 1)
    files = {output.format: b"".join(storage.read(output.sha256)) for output in first.outputs}
    assert {"html", "docx", "xlsx", "ods", "csv", "json"} <= set(files)
    with pytest.raises(RuleBroken) as refused:
        acts.add_section(actor=CONSOLE, now=NOW, year=YEAR, heading="More")
    assert codes(refused) == ["is_signed"]

    warning = db.session.query(Intervention).one()
    warning.entered_in_error_on, warning.entered_in_error_reason = TODAY, "Typed twice."
    db.session.commit()
    signed = decoded(edition_in(YEAR, 1).content)
    assert [(was.value, now.value) for was, now in changed_since(signed, document())] == [("1", "0")]
    reopen(actor=CONSOLE, now=NOW, year=YEAR, version=None)
    with pytest.raises(RuleBroken) as refused:
        sign_off(**signing)
    assert codes(refused) == ["reasons_needed"]
    (was, _now) = changed_since(signed, document())[0]
    assert sign_off(**signing, reasons={was.key: "One had been typed twice."}) == 2
    second = decoded(edition_in(YEAR, 2).content)
    assert [each.sentence for each in second.revisions] == [
        "Community protection warnings (CPWs) given, 2025-26: revised from 1 to 0 because one had been typed twice."
    ]
    again = edition_in(YEAR, 1)
    assert {each.format: b"".join(storage.read(each.sha256)) for each in again.outputs} == files
    for change in ("UPDATE annual_report_editions SET content = ''", "DELETE FROM annual_report_outputs"):
        with pytest.raises(DBAPIError, match="only ever added to"):
            db.session.execute(text(change))
        db.session.rollback()

"""Rows that cannot be are refused by the database itself, on both engines, whoever writes them."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from asb_cases.extensions import db
from tests.support.one_of_each import fill

CPW, CPN, FPN, PROSECUTION = 1, 2, 3, 4
UPDATE = "complaint_id, written_at, text"
COUNTS = "applications, threshold_not_met, reviews_held, with_recommendations"
FIGURES = f"first_on, last_on, {COUNTS}, text, notes, sha256, published_at"
NONE_AT_ALL = "'2016-03-01', '2016-03-01', 0, 0, 0, 0, 't', 'n', 's', '2016-03-01'"
OCCUPIER = "kind = 'occupier', born_on = NULL"
IDENTIFIED = "identified_on = '2016-03-01', identified_because = 'r'"

#: What is made of a possible row, and the constraint that refuses it.
IMPOSSIBLE = [
    ("UPDATE cases SET status = 'closed'", "closed_has_day"),
    ("UPDATE cases SET status = 'closed', closed_on = '2016-03-01'", "closed_has_reason"),
    ("UPDATE cases SET status = 'closed', closed_on = '2016-02-01', closure_reason = 'r'", "days_in_order"),
    (
        "UPDATE cases SET status = 'closed_notice_in_force', closed_on = '2016-03-01', closure_reason = 'r'",
        "notice_in_force_has_review",
    ),
    ("UPDATE cases SET status = 'lost'", "casestatus"),
    ("UPDATE cases SET priority = 4", "priority_known"),
    ("UPDATE cases SET entered_in_error_on = '2016-03-01'", "entered_in_error_has_reason"),
    ("UPDATE absences SET to_on = '2016-02-01'", "days_in_order"),
    ("UPDATE absences SET cover_id = user_id", "does_not_cover_themselves"),
    (
        "INSERT INTO absences SELECT 9, user_id, cover_id, from_on, to_on, ended_on, version FROM absences",
        "absences_of_one_person_overlap",
    ),
    ("UPDATE response_pauses SET ended_at = '2016-02-01 00:00:00+00:00'", "moments_in_order"),
    ("UPDATE incidents SET until_on = '2016-02-01'", "days_in_order"),
    ("UPDATE incidents SET until_at = happened_at", "ended_at_has_day"),
    ("UPDATE incidents SET entered_in_error_on = '2016-03-01'", "entered_in_error_has_reason"),
    ("UPDATE action_plans SET review_on = '2016-02-01'", "days_in_order"),
    ("UPDATE action_plans SET ended_on = '2016-02-01'", "ended_after_agreed"),
    ("UPDATE action_plan_steps SET state = 'done'", "closed_has_day"),
    ("UPDATE action_plan_steps SET state = 'dropped', closed_on = '2016-03-01'", "dropped_has_reason"),
    ("UPDATE complaints SET case_id = NULL", "joined_has_case"),
    ("UPDATE complaints SET triage = 'not_asb', case_id = NULL", "sent_elsewhere_has_reason"),
    ("UPDATE complaints SET shift_on = NULL", "out_of_hours_has_shift"),
    ("UPDATE complaints SET occurred_on = '2016-03-02'", "made_after_it_happened"),
    ("UPDATE complaints SET anonymous = true, complainant_id = 1", "anonymous_has_no_complainant"),
    (f"INSERT INTO complaint_updates ({UPDATE}) VALUES (1, '2016-03-01', '')", "says_something"),
    (
        f"INSERT INTO complaint_updates ({UPDATE}, arrived_at) VALUES (1, '2016-03-01', 't', '2016-03-01')",
        "arrival_needs",
    ),
    (
        f"INSERT INTO complaint_updates ({UPDATE}, response_before) VALUES (1, '2016-03-01', 't', 'x')",
        "response_before",
    ),
    ("UPDATE people SET kind = 'body'", "only_an_individual_is_born"),
    (f"UPDATE people SET {IDENTIFIED}, identified_as_id = 2", "only_the_unnamed_is_identified"),
    (f"UPDATE people SET {OCCUPIER}, {IDENTIFIED}, identified_as_id = id", "not_identified_as_itself"),
    (f"UPDATE people SET {OCCUPIER}, identified_on = '2016-03-01'", "identified_when_and_why"),
    ("UPDATE case_shares SET team_id = 1", "one_recipient"),
    (f"UPDATE interventions SET follows_id = NULL WHERE id = {CPN}", "follows_earlier_step"),
    (f"UPDATE interventions SET follows_id = NULL WHERE id = {FPN}", "follows_earlier_step"),
    (f"UPDATE interventions SET follows_id = NULL, incomplete = true WHERE id = {CPN}", "only_an_import_is_incomplete"),
    (f"UPDATE interventions SET follows_id = id WHERE id = {CPN}", "does_not_follow_itself"),
    (f"UPDATE interventions SET status = 'draft' WHERE id = {CPW}", "draft_is_not_given"),
    (f"UPDATE interventions SET issued_on = NULL WHERE id = {CPN}", "given_has_day"),
    (f"UPDATE interventions SET issuer_id = NULL WHERE id = {CPN}", "given_has_issuer"),
    (f"UPDATE interventions SET status = 'withdrawn' WHERE id = {CPN}", "ended_has_reason"),
    (f"UPDATE interventions SET breach_id = NULL WHERE id = {FPN}", "fixed_penalty_has_breach"),
    (f"UPDATE interventions SET breach_id = NULL WHERE id = {PROSECUTION}", "prosecution_has_breach"),
    (f"UPDATE interventions SET amount_pence = NULL WHERE id = {FPN}", "fixed_penalty_has_amount"),
    (f"UPDATE interventions SET amount_pence = 0 WHERE id = {FPN}", "amount_is_positive"),
    (f"UPDATE interventions SET reduced_pence = 7500, reduced_within_days = 14 WHERE id = {FPN}", "reduced_under_14"),
    (f"UPDATE interventions SET reduced_pence = 10000, reduced_within_days = 10 WHERE id = {FPN}", "reduced_is_less"),
    (f"UPDATE interventions SET reduced_pence = 7500 WHERE id = {FPN}", "reduced_has_days"),
    (f"UPDATE interventions SET offence = NULL WHERE id = {FPN}", "offence_where_there_is_one"),
    ("UPDATE requirements SET comply_by = '2016-03-01'", "no_time_limit_on_stop"),
    ("UPDATE services SET method = 'email'", "notice_service_known_to_s55"),
    ("UPDATE services SET method = 'pigeon'", "servicemethod"),
    ("UPDATE services SET given_on = NULL, method = 'post', sent_on = NULL", "given_how_and_when"),
    ("UPDATE services SET given_on = NULL, method = 'hand', sent_on = '2016-03-01'", "given_how_and_when"),
    ("UPDATE appeals SET determined_on = '2016-03-01'", "determined_has_outcome"),
    ("UPDATE appeals SET outcome = 'dismissed'", "outcome_has_day"),
    ("UPDATE appeals SET outcome = 'dismissed', determined_on = '2016-02-01'", "days_in_order"),
    ("UPDATE alleged_breaches SET status = 'alleged'", "decided_has_decision"),
    ("UPDATE alleged_breaches SET decision_reason = NULL", "decision_has_reason"),
    ("UPDATE payments SET amount_pence = -1", "amount_is_positive"),
    ("UPDATE payments SET in_time = false", "late_has_reason"),
    ("UPDATE payments SET in_time = NULL", "in_time_is_known"),
    ("UPDATE payments SET paid_on = NULL", "paid_has_day_and_amount"),
    ("UPDATE court_outcomes SET decided_on = NULL", "decided_has_day"),
    ("UPDATE court_outcomes SET result = 'pardoned'", "result_known"),
    ("UPDATE deadlines SET state = 'met'", "ended_has_day"),
    ("UPDATE case_reviews SET decided_on = NULL", "decided_has_decision"),
    ("UPDATE case_reviews SET review_held_on = '2016-01-01'", "held_after_application"),
    ("UPDATE case_reviews SET status = 'withdrawn'", "withdrawn_has_day"),
    ("UPDATE case_reviews SET status = 'not_met_notified'", "status_"),
    ("UPDATE case_reviews SET status = 'met_notified'", "status_has_notification"),
    ("UPDATE case_reviews SET status = 'review_held'", "status_has_review"),
    ("UPDATE case_reviews SET status = 'resolved'", "reviewstatus"),
    ("UPDATE case_review_set_asides SET confirmed_on = '2016-03-01'", "confirmed_by_somebody"),
    ("UPDATE case_review_bodies SET view = 'agrees'", "answered_has_view"),
    ("UPDATE case_review_meetings SET chair_independent = false", "chair_independent_or_why"),
    ("UPDATE case_review_actions SET done_on = '2016-03-01'", "done_has_evidence"),
    (f"INSERT INTO case_review_publications ({FIGURES}, number) VALUES ({NONE_AT_ALL}, 2)", "correction_has_reason"),
    ("UPDATE case_reviews SET channel = 'fax'", "applicationchannel"),
    ("UPDATE case_reviews SET applicant_role = 'victim'", "victim_for_themselves"),
    ("UPDATE tasks SET done_on = '2016-01-01'", "days_in_order"),
    ("UPDATE notes SET withheld_on = '2016-03-01'", "withheld_has_reason"),
    ("UPDATE partner_values SET value = NULL", "says_something"),
    ("UPDATE users SET role = 'partner'", "partner_has_body"),
    ("UPDATE imports SET state = 'complete'", "complete_has_moment"),
    ("INSERT INTO history_head (id, last_id, last_hash) VALUES (2, 0, 'x')", "one_row"),
]


@pytest.fixture
def filled(in_app: Flask) -> Flask:
    fill()
    return in_app


def test_impossible_rows_are_refused(filled: Flask) -> None:
    for statement, constraint in IMPOSSIBLE:
        with pytest.raises(IntegrityError) as refusal, db.engine.begin() as connection:
            connection.execute(text(statement))
        assert constraint in str(refusal.value), statement


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        # one fixed penalty for one alleged breach
        ("interventions", {"id": 5, "reference": "'FPN-2016-0002'", "_from": FPN}),
        # one appeal at a time
        ("appeals", {"id": 2, "_from": 1}),
        # one standing outcome of a prosecution
        ("court_outcomes", {"id": 2, "_from": 1}),
        # one reference, one case
        ("cases", {"id": 2, "_from": 1}),
    ],
)
def test_second_rows_are_refused_where_there_can_be_but_one(
    filled: Flask, table: str, changes: dict[str, object]
) -> None:
    columns = [column.name for column in db.metadata.tables[table].columns]
    chosen = ", ".join(str(changes.get(column, column)) for column in columns)
    copy = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = {changes['_from']}"
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(copy))


def test_a_penalty_after_a_cancelled_one_is_possible(filled: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(
            text(f"UPDATE interventions SET status = 'cancelled', ended_because = 'wrong name' WHERE id = {FPN}")
        )
        columns = [column.name for column in db.metadata.tables["interventions"].columns]
        new = {"id": "5", "reference": "'FPN-2016-0002'", "status": "'issued'"}
        connection.execute(
            text(
                f"INSERT INTO interventions ({', '.join(columns)})"
                f" SELECT {', '.join(new.get(column, column) for column in columns)} FROM interventions WHERE id = {FPN}"
            )
        )
        standing = connection.execute(text("SELECT count(*) FROM interventions WHERE power = 'FPN'")).scalar_one()
    assert standing == 2


def test_every_reference_is_enforced(filled: Flask) -> None:
    for statement in (
        "UPDATE complaints SET case_id = 999",
        "UPDATE interventions SET subject_id = 999 WHERE id = 1",
        "DELETE FROM cases",
        "UPDATE requirements SET power = 'CPW'",
    ):
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(text(statement))

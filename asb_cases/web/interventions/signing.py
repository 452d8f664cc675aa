"""From a draft to a signed document: checked, authorised or sent back, signed; or given up. At the door, all in one go."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.contact_warnings import contact_warnings_for
from asb_cases.queries.intervention_page import intervention_page
from asb_cases.queries.judgement import Asking
from asb_cases.queries.steps_in_hand import (
    StepInHand,
    addresses_of,
    authorisation_of,
    check_move_open,
    last_word,
    step_in_hand,
    who_may_sign,
)
from asb_cases.queries.users import who_may_authorise
from asb_cases.services import approvals, interventions
from asb_cases.services.at_the_door import hand_over_at_once
from asb_cases.services.proof_of_service import with_proof
from asb_cases.services.service_of_documents import Giving
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.documents.printing import printed
from asb_cases.web.files.uploads import storage, taken_in
from asb_cases.web.forms import Form, refusals_in
from asb_cases.web.interventions.drafting import part_address
from asb_cases.web.interventions.drafting_forms import PARTS
from asb_cases.web.interventions.signing_forms import (
    AskForm,
    AuthoriseForm,
    DoorForm,
    IssueForm,
    ReasonForm,
    RemarkForm,
)
from asb_cases.web.request_size import takes_files

signing = Blueprint("signing", __name__)


@signing.route("/interventions/<reference>/check", methods=["GET", "POST"])
@requires(Permission.DRAFT, Permission.AUTHORISE)
def check(reference: str) -> ResponseReturnValue:
    """Everything a draft says, what the law says of it, and the ways on; among them to ask somebody to authorise it."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now(), asking=Asking.AUTHORISE)
    check_move_open(step, "authorise")
    form = AskForm()
    if form.is_submitted():
        actor.check(Permission.DRAFT)
    form.offer(who_may_authorise(but=step.drafter_id))
    if form.validate_on_submit():
        with refusals_in(form):
            approvals.ask_to_authorise(actor=actor, now=now(), intervention_id=step.id, of_id=form.of.data)
            flash("They have a task to authorise it, or to ask for changes.", "success")
            return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page(
        "drafting/check.html", step, form, may_authorise=_may_authorise(step, actor), last_word=last_word(step.id)
    )


@signing.route("/interventions/<reference>/authorise", methods=["GET", "POST"])
@requires(Permission.AUTHORISE, Permission.ISSUE)
def authorise(reference: str) -> ResponseReturnValue:
    """Say that it may be signed: the second person's look, where policy asks for one."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now(), asking=Asking.AUTHORISE)
    check_move_open(step, "authorise")
    if not _may_authorise(step, actor):
        raise NotPermitted(Permission.AUTHORISE.value)
    form = AuthoriseForm(version=step.version)
    if form.validate_on_submit():
        with refusals_in(form):
            interventions.authorise(
                actor=actor, now=now(), intervention_id=step.id, version=form.version.data,
                cautions_reason=form.cautions_reason.data,
            )  # fmt: skip
            flash(f"{step.reference} is authorised. It can be signed now.", "success")
            return redirect(_where_to_sign(step, actor))
    return _page("drafting/authorise.html", step, form)


@signing.route("/interventions/<reference>/send-back", methods=["GET", "POST"])
@requires(Permission.DRAFT, Permission.AUTHORISE)
def send_back(reference: str) -> ResponseReturnValue:
    """Give a draft back with what is to be changed, or an authorised document back to drafting."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    check_move_open(step, "send_back", "authorise")
    act, needs = (
        (approvals.ask_for_changes, Permission.AUTHORISE)
        if step.status == "draft"
        else (interventions.send_back, Permission.DRAFT)
    )
    actor.check(needs)
    form = ReasonForm(version=step.version)
    if form.validate_on_submit():
        with refusals_in(form):
            act(actor=actor, now=now(), intervention_id=step.id, reason=form.reason.data, version=form.version.data)
            flash(f"{step.reference} is back with whoever drafted it.", "success")
            return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("drafting/send_back.html", step, form, content_too=False)


@signing.route("/interventions/<reference>/drop", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def drop(reference: str) -> ResponseReturnValue:
    """Give up what was never given."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    check_move_open(step, "drop")
    form = ReasonForm(version=step.version)
    if form.validate_on_submit():
        with refusals_in(form):
            interventions.drop(
                actor=actor, now=now(), intervention_id=step.id, reason=form.reason.data, version=form.version.data
            )
            flash(f"{step.reference} is given up. It never was given.", "success")
            return redirect(url_for("cases.case", reference=step.case_reference))
    return _page("drafting/drop.html", step, form, content_too=False)


@signing.route("/interventions/<reference>/issue", methods=["GET", "POST"])
@requires(Permission.ISSUE)
def issue(reference: str) -> ResponseReturnValue:
    """Sign it. Whoever signs is satisfied of what the section asks, and holds the authority."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now(), asking=Asking.ISSUE)
    check_move_open(step, "issue")
    form = IssueForm(version=step.version)
    if step.power != "FPN":
        del form.dated_on
    if form.validate_on_submit():
        with refusals_in(form):
            printed(partial(
                interventions.issue, actor=actor, now=now(), intervention_id=step.id, version=form.version.data,
                cautions_reason=form.cautions_reason.data, signed_at=form.moment(),
                dated_on=form.dated_on.data if step.power == "FPN" else None,
            ))  # fmt: skip
            flash(f"{step.reference} is signed. Record here how it is given.", "success")
            return redirect(url_for("serving.record_service", reference=step.reference))
    return _page("drafting/issue.html", step, form)


@signing.route("/interventions/<reference>/at-the-door", methods=["GET", "POST"])
@requires(Permission.ISSUE)
@takes_files
def at_the_door(reference: str) -> ResponseReturnValue:
    """Authorise one's own draft, sign it and hand it over: one page for a doorstep at night."""
    actor, moment = current_actor(), now()
    step = step_in_hand(actor, reference, moment, asking=Asking.ISSUE)
    check_move_open(step, "authorise")
    if not _may_authorise(step, actor):
        raise NotPermitted(Permission.AUTHORISE.value)
    there = moment.astimezone(LONDON)
    known = addresses_of(step.subject_id, today())
    form = DoorForm(
        version=step.version, given_on=there.date(), given_at=there.time().replace(second=0, microsecond=0),
        address=known[0] if known else None,
    )  # fmt: skip
    if form.validate_on_submit():
        handed = partial(
            hand_over_at_once, actor=actor, now=now(), intervention_id=step.id, version=form.version.data,
            cautions_reason=form.cautions_reason.data, giving=_handed(form),
        )  # fmt: skip
        with taken_in(form.files(), form) as files, refusals_in(form):
            if not form.refusals:
                proven = partial(with_proof, actor=actor, now=now(), files=files, storage=storage())
                printed(lambda press: proven(partial(handed, press=press)))
                flash(f"{step.reference} is signed and given.", "success")
                return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("drafting/at_the_door.html", step, form)


def _handed(form: DoorForm) -> Giving:
    return Giving(
        ServiceMethod.HAND,
        given_at=form.moment(),
        address=form.address.data,
        witness=form.witness.data,
        note=form.note.data,
    )


@signing.route("/interventions/<reference>/checked", methods=["GET", "POST"])
@requires(Permission.AUTHORISE)
def check_afterwards(reference: str) -> ResponseReturnValue:
    """A second person's look at what went out on one signature."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    form = RemarkForm()
    if form.validate_on_submit():
        with refusals_in(form):
            interventions.check_afterwards(actor=actor, now=now(), intervention_id=step.id, remark=form.remark.data)
            flash(f"Your check of {step.reference} is recorded.", "success")
            return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("drafting/check_afterwards.html", step, form)


def _may_authorise(step: StepInHand, actor: Actor) -> bool:
    """Whoever authorises drafts, and its drafter: whether policy lets them is asked of the law."""
    own = actor.user_id is not None and actor.user_id == step.drafter_id
    return actor.may(Permission.AUTHORISE) or (own and actor.may(Permission.ISSUE))


def _where_to_sign(step: StepInHand, actor: Actor) -> str:
    """On to the signature, for whoever may sign."""
    power = POWERS[step.power]
    held = not power.needs_authorisation or authorisation_of(actor.user_id, step.power, today()) is not None
    page = "signing.issue" if held and actor.may(Permission.ISSUE) else "interventions.intervention"
    return url_for(page, reference=step.reference)


def _page(
    template: str, step: StepInHand, form: Form, *, content_too: bool = True, **given: object
) -> ResponseReturnValue:
    """A page about a step in hand: what it says, what the law says, who may sign it, and what to know of its recipient."""
    actor, power = current_actor(), POWERS[step.power]
    content = content_for(actor)
    shown("intervention", step.id, case_id=step.case_id)
    page = render_template(
        template,
        form=form,
        step=step,
        power=power,
        page=intervention_page(actor, step.reference, today(), content) if content_too else None,
        content=content,
        warnings=contact_warnings_for(actor, [step.subject_id], today()).get(step.subject_id, ()),
        second_person=actor.may(Permission.AUTHORISE),
        delegation=authorisation_of(actor.user_id, step.power, today()) if power.needs_authorisation else None,
        signers=who_may_sign(step.power, today()) if power.needs_authorisation else [],
        **_where_to_change(step, actor),
        **given,
    )
    return page, form.http_status


def _where_to_change(step: StepInHand, actor: Actor) -> dict[str, dict[str, str]]:
    """The page of each part of a draft, by the part, and by each field that a finding may name."""
    if step.status != "draft" or step.power not in PARTS or not actor.may(Permission.DRAFT):
        return {"change_links": {}, "law_links": {}}
    parts = {part: part_address(step.reference, part.code) for part in PARTS[step.power]}
    return {
        "change_links": {part.code: address for part, address in parts.items()},
        "law_links": {field: address for part, address in parts.items() for field in part.fields},
    }

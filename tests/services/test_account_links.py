"""One-time links: what each does, what ends it, and that nothing of one is left where others may read it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.account_links import GOOD_FOR, LINK_GOES_HERE, SETS_PASSWORD, LinkOver, LinkPurpose
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.account_link import AccountLink
from asb_cases.models.email import Email
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.queries.account_links import good_link
from asb_cases.services import outbox, sessions, users
from asb_cases.services.account_links import KEPT_FOR, MadeLink, Site, forget_old_links
from asb_cases.services.address_change import ask_for_address_change, confirm_address
from asb_cases.services.setting_passwords import give_link, invite_user, send_forgotten_link, set_password
from tests.factories import NOW, actor_of, make_link, make_user

SITE = Site("https://cases.example", "cases.example", sends_email=True)
SOMEBODY = Actor(via=Via.WEB, address="192.0.2.1")


@pytest.fixture
def ann(in_app: Flask) -> User:
    return make_user(Role.MANAGER, email="ann@example.org", password_hash="old")


def token_of(made: MadeLink) -> str:
    return made.address.rsplit("/", 1)[1]


def emails() -> list[Email]:
    return list(db.session.scalars(select(Email).order_by(Email.id)))


def kinds() -> list[str]:
    return list(db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)))


def use(token: str, *, after: timedelta = timedelta()) -> None:
    set_password(actor=SOMEBODY, now=NOW + after, token=token, password_hash="new")


def refused(act: object, **given: object) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act(**given)  # type: ignore[operator]
    return [refusal.code for refusal in broken.value.refusals]


def test_an_invitation_is_an_account_a_link_and_one_entry(in_app: Flask) -> None:
    user_id, made = invite_user(
        actor=CONSOLE, now=NOW, email="cat@example.org", name="Cat", role=Role.OFFICER, site=SITE
    )
    user = db.session.get_one(User, user_id)
    assert user.awaits_password
    use(token_of(made))
    assert (user.password_hash, user.password_changed_at, user.awaits_password) == ("new", NOW, False)
    assert kinds() == ["user_created", "password_changed"]
    entry = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert entry is not None
    assert (entry.actor_user_id, entry.address) == (user_id, "192.0.2.1")
    assert token_of(made) not in entry.details


@pytest.mark.parametrize("purpose", sorted(SETS_PASSWORD))
def test_a_link_is_good_once_and_for_its_time(ann: User, purpose: LinkPurpose) -> None:
    life = GOOD_FOR[purpose]
    token = make_link(ann, purpose, expires_at=NOW + life)
    with pytest.raises(LinkOver):
        use(token, after=life)
    use(token, after=life - timedelta(seconds=1))
    for over in (token, "unknown", ""):
        with pytest.raises(LinkOver):
            use(over)


def test_setting_a_password_ends_sessions_and_every_other_link(ann: User) -> None:
    sessions.start(user_id=ann.id, address=None, browser=None, now=NOW)
    tokens = {purpose: make_link(ann, purpose) for purpose in sorted(SETS_PASSWORD)}
    change = make_link(ann, LinkPurpose.ADDRESS_CHANGE, new_email="x@example.org")
    use(tokens[LinkPurpose.FORGOTTEN])
    assert sessions.end_all_of(ann.id, now=NOW, because=sessions.EndedBecause.DEACTIVATED) == 0
    for token in (*tokens.values(), change):
        with pytest.raises(LinkOver):
            good_link(token, LinkPurpose, now=NOW)


def test_what_else_ends_links(ann: User) -> None:
    for end in (
        lambda: users.change_own_password(actor=actor_of(ann), now=NOW, password_hash="mine", browser=None),
        lambda: users.deactivate_user(actor=CONSOLE, now=NOW, user_id=ann.id, seen=None),
    ):
        token = make_link(ann, LinkPurpose.FORGOTTEN)
        end()  # type: ignore[no-untyped-call]
        with pytest.raises(LinkOver):
            use(token)
    users.reactivate_user(actor=CONSOLE, now=NOW, user_id=ann.id, seen=None)
    with pytest.raises(LinkOver):
        use(token)


def test_a_reset_shuts_the_account_and_a_forgotten_password_does_not(ann: User) -> None:
    invitation = make_link(ann, LinkPurpose.INVITATION)
    assert send_forgotten_link(actor=SOMEBODY, now=NOW, user_id=ann.id, site=SITE)
    assert ann.password_hash == "old"
    good_link(invitation, SETS_PASSWORD, now=NOW)  # what a stranger may ask for ends no invitation
    give_link(actor=CONSOLE, now=NOW, user_id=ann.id, site=SITE)
    assert ann.password_hash is None
    with pytest.raises(LinkOver):
        use(invitation)
    assert kinds() == ["password_link_asked", "password_link_given"]


def test_an_inbox_is_not_flooded(ann: User) -> None:
    sent = [send_forgotten_link(actor=SOMEBODY, now=NOW, user_id=ann.id, site=SITE) for _ in range(4)]
    assert sent == [True, True, True, False]
    given = {"actor": actor_of(ann), "now": NOW, "user_id": ann.id, "site": SITE}
    for _ in range(3):
        ask_for_address_change(**given, email="new@example.org")  # type: ignore[arg-type]
    assert refused(ask_for_address_change, **given, email="new@example.org") == ["too_many_links"]


def test_nobody_is_let_in_who_is_out_of_use_and_the_last_administrator_stays(in_app: Flask) -> None:
    gone, only = make_user(active=False), make_user(Role.ADMINISTRATOR)
    assert refused(give_link, actor=CONSOLE, now=NOW, user_id=gone.id, site=SITE) == ["account_not_in_use"]
    assert refused(give_link, actor=actor_of(only), now=NOW, user_id=only.id, site=SITE) == ["last_administrator"]
    assert not send_forgotten_link(actor=SOMEBODY, now=NOW, user_id=gone.id, site=SITE)
    invite_user(actor=CONSOLE, now=NOW, email="cat@example.org", name="Cat", role=Role.ADMINISTRATOR, site=SITE)
    assert refused(give_link, actor=actor_of(only), now=NOW, user_id=only.id, site=SITE) == ["last_administrator"]


def test_another_address_is_the_readers_who_confirms_it(ann: User) -> None:
    given = {"actor": actor_of(ann), "now": NOW, "user_id": ann.id, "site": SITE}
    assert refused(ask_for_address_change, **given, email=" ANN@example.org") == ["same_address"]
    taken = make_user(email="bob@example.org")
    made = ask_for_address_change(**given, email="bob@example.org")  # type: ignore[arg-type]
    assert refused(confirm_address, actor=SOMEBODY, now=NOW, token=token_of(made), site=SITE) == ["email_taken"]
    old_inbox = make_link(ann, LinkPurpose.FORGOTTEN)
    made = ask_for_address_change(**given, email="Anne@example.org")  # type: ignore[arg-type]
    confirm_address(actor=SOMEBODY, now=NOW, token=token_of(made), site=SITE)
    db.session.expire_all()
    assert (ann.email, ann.email_key, taken.email) == ("Anne@example.org", "anne@example.org", "bob@example.org")
    assert [email.address for email in emails()] == ["bob@example.org", "Anne@example.org", "ann@example.org"]
    assert "Anne" not in emails()[-1].text
    with pytest.raises(LinkOver):
        use(old_inbox)


def test_the_link_leaves_with_the_email_and_stays_nowhere(ann: User) -> None:
    made = give_link(actor=CONSOLE, now=NOW, user_id=ann.id, site=SITE)
    (waiting,) = emails()
    assert LINK_GOES_HERE in waiting.text
    assert made.address not in (waiting.html or "") + waiting.text
    claimed = outbox.claim_next(holder="me", now=NOW)
    assert claimed is not None
    assert made.address in claimed.text
    assert f'href="{made.address}"' in (claimed.html or "")
    outbox.mark_sent(email_id=claimed.id, holder="me", now=NOW)
    db.session.expire_all()
    assert emails()[0].link is None
    kept = db.session.scalars(select(AccountLink)).one()
    assert token_of(made) not in repr(vars(kept))


def test_an_email_that_was_given_up_is_not_sent_again_without_its_link(ann: User) -> None:
    give_link(actor=CONSOLE, now=NOW, user_id=ann.id, site=SITE)
    claimed = outbox.claim_next(holder="me", now=NOW)
    assert claimed is not None
    outbox.put_back(email_id=claimed.id, holder="me", now=NOW, told="no such address", permanent=True)
    assert refused(outbox.send_again, actor=CONSOLE, now=NOW, email_id=claimed.id) == ["link_is_gone"]


def test_links_that_are_long_over_are_taken_away(ann: User) -> None:
    make_link(ann, LinkPurpose.RESET, expires_at=NOW - KEPT_FOR - timedelta(seconds=1))
    make_link(ann, LinkPurpose.RESET, expires_at=NOW - KEPT_FOR)
    assert forget_old_links(now=NOW) == 1

"""Filling a database with synthetic cases and everything that hangs on them, to measure with. Written in batches, each an
act of its own, so that memory stays flat and nobody waits for the lock for long."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from sqlalchemy import func, select

from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.place import Address
from asb_cases.models.user import User
from asb_cases.queries.first_use import nobody_yet
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.demo.load import BEGINNING
from asb_cases.services.demo.places import WARDS
from asb_cases.services.demo.staff import SignIn, make_up_passwords, sign_ins, take_on
from asb_cases.services.demo.synthetic import Drawn, draw
from asb_cases.services.demo.synthetic_rows import Filling, write_cases
from asb_cases.services.demo.synthetic_steps import write_steps
from asb_cases.services.new_passwords import MadeUp
from asb_cases.services.transaction import transaction
from asb_cases.services.wards import find_or_add_ward

BATCH = 200


def fill(*, now: datetime, cases: int, seed: int, told: Callable[[int], None]) -> list[SignIn]:
    """Write so many synthetic cases. The same seed writes the same ones into the same database on the same day.

    Where nobody is in the database yet the staff of the demonstration is taken on; returns how to sign in then. `told`
    hears how many cases there are so far. Raises `passwords.Busy`.
    """
    accounts = _staff_if_nobody()
    chance = Random(seed)  # noqa: S311 - invented cases are no secret
    today = local(now).date()
    filling, addresses_before = _prepared(chance)
    for first in range(0, cases, BATCH):
        numbers = range(first, min(first + BATCH, cases))
        drawn = [draw(each, cases, addresses_before=addresses_before, today=today, chance=chance) for each in numbers]
        _write(filling, drawn)
        told(numbers.stop)
    return accounts


@transaction
def _write(filling: Filling, drawn: Sequence[Drawn]) -> None:
    write_steps(filling, write_cases(filling, drawn))


def _staff_if_nobody() -> list[SignIn]:
    if not nobody_yet():
        return []
    passwords = make_up_passwords()
    _take_on(passwords)
    return sign_ins(passwords)


@transaction
def _take_on(passwords: Sequence[MadeUp]) -> None:
    take_on(passwords, now=BEGINNING)


@transaction
def _prepared(chance: Random) -> tuple[Filling, int]:
    """What batches are written with, and how many addresses there are already."""
    wards = {name: find_or_add_ward(actor=CONSOLE, now=BEGINNING, name=name) for name in WARDS}
    categories = dict(db.session.execute(select(Category.code, Category.id)).all())
    addresses = db.session.scalar(select(func.max(Address.id))) or 0
    filling = Filling(_officers(), wards, categories, policy_in_force(), chance)
    return filling, addresses


def _officers() -> list[Actor]:
    """Those who work on cases; the console, where there are none."""
    rows = db.session.scalars(select(User).where(User.role == Role.OFFICER, User.active.is_(True)).order_by(User.id))
    return [Actor(via=Via.WEB, user_id=row.id, role=row.role, team_id=row.team_id) for row in rows] or [CONSOLE]

"""How passwords are kept and judged."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from asb_cases.adapters import passwords
from asb_cases.domain.passwords import FEWEST_GUESSES, spellings, words_about

ANN = words_about("Ann Lee", "ann.lee@oxbridge.gov.uk", "Oxbridge City Council")


def test_kept_as_argon2id_with_the_memory_that_is_asked_for() -> None:
    kept = passwords.hashed("purple monkey dishwasher")
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert passwords.matches("purple monkey dishwasher", kept)
    assert not passwords.matches("Purple monkey dishwasher", kept)
    assert not passwords.is_outdated(kept)
    assert passwords.is_outdated(kept.replace("m=47104", "m=19456"))


def test_every_character_counts_however_long_it_is() -> None:
    kept = passwords.hashed("a" * 255 + "b")
    assert not passwords.matches("a" * 255 + "c", kept)
    assert not passwords.matches("a" * 255, kept)


def test_an_accent_may_be_typed_in_two_ways() -> None:
    assert passwords.matches("cafe\u0301 au lait", passwords.hashed("caf\u00e9 au lait"))


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$"])
def test_nothing_kept_matches_nothing(kept: str | None) -> None:
    assert not passwords.matches("nobody is in here", kept)


def test_where_there_is_no_account_the_work_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept)
            return True

    monkeypatch.setattr(passwords, "_hasher", Counting())
    real = passwords._OF_NOBODY
    assert not passwords.matches("anything", None)
    assert passwords.matches("anything", "kept")
    assert [kept.split("$")[1:4] for kept in checked[:1]] == [["argon2id", "v=19", "m=47104,t=1,p=1"]]
    assert checked == [real, "kept"]


def test_only_so_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_at_once", BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    with passwords._turn(), pytest.raises(passwords.Busy):
        passwords.hashed("waits and gives up")
    assert passwords.hashed("has its turn again")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Liverpool2024!",
        "passwordpassword",
        "letmein-letmein",
        "qwertyuiop12",
        "123456789012",
        "abcdefghijkl",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "P@ssw0rd1234",
        "oxbridge-council",
        "annlee annlee",
        "asbcases2026",
        "Summer2026!!!",
        "manchesterunited",
    ],
)
def test_easy_ones_are_seen(password: str) -> None:
    assert passwords.guesses(spellings(password), ANN) < FEWEST_GUESSES


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "purple monkey dishwasher",
        "applemangobanana",
        "w8x!qFv2#pLz",
        "7391882399114421",
        "ключ от квартиры",
    ],
)
def test_good_ones_pass(password: str) -> None:
    assert passwords.guesses(spellings(password), ANN) >= FEWEST_GUESSES


def test_no_password_at_all_is_the_easiest() -> None:
    assert passwords.guesses(spellings(""), ANN) == 1


def test_the_list_of_common_passwords_is_there_and_all_of_it_is_refused() -> None:
    common = list(FREQUENCY_LISTS["passwords"])
    assert len(common) > 25_000
    long = [password for password in common if len(password) >= 12]
    assert len(long) > 100
    assert [each for each in long if passwords.guesses(spellings(each), ()) >= FEWEST_GUESSES] == []


def test_what_is_known_of_one_person_is_not_known_of_another() -> None:
    def weak(name: str) -> bool:
        return passwords.guesses([f"{name}{name}1"], [name]) < FEWEST_GUESSES

    names = [f"zyx{number}qwv" for number in range(20)]
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(weak, names))


def test_made_up_ones_are_long_readable_and_never_the_same() -> None:
    made = {passwords.made_up() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) == 23 and not set(each) & set("0o1li") for each in made)
    assert all(passwords.guesses([each], ()) >= FEWEST_GUESSES for each in made)

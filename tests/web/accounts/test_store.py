import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import AccountsError
from communique.web.accounts import Account, Accounts
from communique.web.accounts.passwords import hashed, matches

GOOD = "a long enough password"
HERE = "192.0.2.7"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(tmp_path / "team.db", clock=clock)
    made.add("ada", GOOD, "admin")
    made.add("Rui", GOOD, "reviewer")
    return made


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=12, max_size=40), st.text(min_size=12, max_size=40))
def test_a_hash_is_of_its_password_alone(one: str, other: str) -> None:
    assert matches(one, hashed(one))
    assert matches(other, hashed(one)) == (one == other)


def test_accounts_are_listed_by_name_whatever_the_case(accounts: Accounts) -> None:
    assert accounts.all() == [Account("ada", "admin"), Account("Rui", "reviewer")]


def test_no_password_is_in_the_file(accounts: Accounts) -> None:
    session = accounts.log_in("ada", GOOD, address=HERE)
    assert session is not None
    content = accounts.path.read_bytes()
    assert GOOD.encode() not in content
    assert session.token.encode() not in content
    assert accounts.path.stat().st_mode & 0o077 == 0


def test_a_session_lasts_until_it_ends(accounts: Accounts, clock: Clock) -> None:
    session = accounts.log_in("rui", GOOD, address=HERE)
    assert session is not None
    assert accounts.session(session.token) == session
    assert session.account == Account("Rui", "reviewer")
    clock.now = session.ends + 1
    assert accounts.session(session.token) is None


def test_logging_out_ends_the_session(accounts: Accounts) -> None:
    session = accounts.log_in("ada", GOOD, address=HERE)
    assert session is not None
    accounts.log_out(session, address=HERE)
    assert accounts.session(session.token) is None
    assert [(e.who, e.what) for e in accounts.audit()] == [("ada", "logged out"), ("ada", "logged in")]


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong"), ("nobody", GOOD), ("", ""), ("a" * 9999, "x")]
)
def test_what_is_wrong_is_not_let_in(accounts: Accounts, name: str, password: str) -> None:
    assert accounts.log_in(name, password, address=HERE) is None


def test_after_five_failures_even_the_right_password_waits(accounts: Accounts, clock: Clock) -> None:
    for _ in range(5):
        accounts.log_in("ada", "wrong", address=HERE)
    assert accounts.log_in("ADA", GOOD, address="198.51.100.1") is None
    assert accounts.log_in("rui", GOOD, address=HERE) is not None
    clock.now += 16 * 60
    assert accounts.log_in("ada", GOOD, address=HERE) is not None


def test_another_password_ends_all_sessions(accounts: Accounts) -> None:
    session = accounts.log_in("ada", GOOD, address=HERE)
    assert session is not None
    accounts.set_password("ada", "quite another one")
    assert accounts.session(session.token) is None
    assert accounts.log_in("ada", GOOD, address=HERE) is None


def test_a_removed_account_is_out_at_once(accounts: Accounts) -> None:
    session = accounts.log_in("rui", GOOD, address=HERE)
    assert session is not None
    accounts.remove("rui")
    assert accounts.session(session.token) is None


def test_a_role_changes_at_once(accounts: Accounts) -> None:
    session = accounts.log_in("rui", GOOD, address=HERE)
    assert session is not None
    accounts.set_role("rui", "reader")
    found = accounts.session(session.token)
    assert found is not None
    assert not found.account.may("reviewer")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    with pytest.raises(AccountsError, match="ada is the last admin"):
        accounts.remove("ada")
    with pytest.raises(AccountsError, match="ada is the last admin"):
        accounts.set_role("ada", "reader")
    accounts.set_role("rui", "admin")
    accounts.remove("ada")
    assert accounts.all() == [Account("Rui", "admin")]


@pytest.mark.parametrize(
    ("name", "password", "fault"),
    [
        ("ada", GOOD, "there is such an account already"),
        ("ADA", GOOD, "there is such an account already"),
        ("a b", GOOD, "a name has"),
        ("bo", "short", "at least 12"),
        ("bo", "x" * 600, "at most 512"),
    ],
)
def test_what_will_not_do_is_refused(accounts: Accounts, name: str, password: str, fault: str) -> None:
    with pytest.raises(AccountsError, match=fault):
        accounts.add(name, password, "reader")


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE things (a)")
    other.close()
    with pytest.raises(AccountsError, match=r"is no file of accounts"):
        Accounts(tmp_path / "other.db")


@pytest.mark.parametrize(
    "content", [b"x", b"\n", b"SQLite format 3", b"not a database, but rather long\n" * 40]
)
def test_a_file_that_holds_something_else_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    path.chmod(0o644)
    with pytest.raises(AccountsError) as refused:
        Accounts(path)
    assert str(refused.value) == f"{path} is no file of accounts: it holds something else"
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (content, 0o644)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "team.db").touch()
    assert Accounts(tmp_path / "team.db").add("ada", GOOD, "admin") == Account("ada", "admin")

"""Accounts and their roles; there is always an administrator, and no password in the audit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from ledger.conftest import NOON
from shanhai.ledger.actions.accounts import (
    deactivate,
    first_run,
    give_role,
    make,
    reactivate,
    set_password,
    take_role,
)
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Entry, Membership, Pairing, Role
from shanhai.ledger.rights import Right
from shanhai.ledger.verify import verify

pytestmark = pytest.mark.django_db

GOOD, BETTER = "shan-hai-2024-long", "another-long-phrase-7"


class TestFirstRun:
    def test_it_makes_an_administrator_once(self) -> None:
        user = first_run("li", GOOD, at=NOON)
        assert user.check_password(GOOD)
        assert Actor.of(user).may(Right.ACCOUNTS)
        entry = Entry.objects.get()
        assert (entry.action, entry.by, entry.subject) == ("first run", "li", "account:li")
        with pytest.raises(NotAllowed, match="has accounts already"):
            first_run("wang", GOOD)
        assert User.objects.count() == 1
        assert list(verify()) == []

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_is_refused(self) -> None:
        start = Barrier(2)

        def run(name: str) -> str:
            try:
                start.wait(20)
                first_run(name, GOOD)
            except NotAllowed:
                return "refused"
            finally:
                connection.close()
            return "made"

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(run, ("li", "wang"))) == ["made", "refused"]
        assert User.objects.count() == Membership.objects.count() == 1


class TestPasswords:
    @pytest.mark.parametrize("password", ["", "short", "1234567890", "password123", "reviewer-li"])
    def test_weak_ones_are_refused_in_both_languages(self, password: str, clerk: Actor) -> None:
        with pytest.raises(NotPossible) as told:
            make("reviewer-li", password, actor=clerk)
        assert "密码" in told.value.zh
        assert "password" in told.value.en.lower()
        assert not User.objects.exists()

    def test_none_stands_in_the_audit(self, clerk: Actor) -> None:
        user = make("li", GOOD, actor=clerk)
        set_password(user, BETTER, actor=clerk)
        user.refresh_from_db()
        for entry in Entry.objects.values():
            assert not any(secret in str(entry) for secret in (GOOD, BETTER, user.password))
        assert user.check_password(BETTER)

    def test_ones_own_needs_the_one_before(self, clerk: Actor) -> None:
        user = make("li", GOOD, actor=clerk)
        own = Actor.of(user)
        with pytest.raises(NotPossible, match="current password is wrong"):
            set_password(user, BETTER, actor=own, current="guess")
        set_password(user, BETTER, actor=own, current=GOOD)
        with pytest.raises(NotAllowed):
            set_password(make("wang", GOOD, actor=clerk), BETTER, actor=own)


class TestNames:
    @pytest.mark.parametrize("name", ["", "  ", "cli:clerk", "li wang", "LI", "x" * 65, "a\nb"])
    def test_refused(self, name: str, clerk: Actor) -> None:
        make("li", GOOD, actor=clerk)
        with pytest.raises(NotPossible):
            make(name, GOOD, actor=clerk)
        assert User.objects.count() == 1

    def test_chinese_ones_are_taken(self, clerk: Actor) -> None:
        assert make("李审核", GOOD, actor=clerk).username == "李审核"
        assert list(verify()) == []


class TestLastAdministrator:
    def test_stays(self, clerk: Actor) -> None:
        user = first_run("li", GOOD)
        own = Actor.of(user)
        for refused in (
            lambda: deactivate(user, actor=own),
            lambda: take_role(user, None, actor=own),
            lambda: give_role(user, Role.READER, None, actor=clerk),
        ):
            with pytest.raises(NotPossible, match="last administrator"):
                refused()
        second = make("wang", GOOD, actor=own)
        give_role(second, Role.ADMINISTRATOR, None, actor=own)
        deactivate(second, actor=own)
        with pytest.raises(NotPossible, match="last administrator"):
            take_role(user, None, actor=own)
        reactivate(second, actor=own)
        take_role(user, None, actor=own)
        assert list(verify()) == []

    @pytest.mark.django_db(transaction=True)
    def test_two_who_close_each_other_at_once(self, clerk: Actor) -> None:
        users = [first_run("li", GOOD), make("wang", GOOD, actor=clerk)]
        give_role(users[1], Role.ADMINISTRATOR, None, actor=clerk)
        start = Barrier(2)

        def close(number: int) -> str:
            try:
                start.wait(20)
                deactivate(users[1 - number], actor=Actor(users[number].username, clerk.general))
            except NotPossible:
                return "refused"
            finally:
                connection.close()
            return "closed"

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(close, (0, 1))) == ["closed", "refused"]
        assert User.objects.filter(is_active=True).count() == 1


class TestRoles:
    def test_each_action_adds_one_entry(self, clerk: Actor) -> None:
        user = make("li", GOOD, actor=clerk, at=NOON)
        pairing = Pairing.objects.create(key="one", name_zh="甲", sending="甲", receiving="乙")
        give_role(user, Role.READER, pairing, actor=clerk, at=NOON)
        give_role(user, Role.REVIEWER, pairing, actor=clerk, at=NOON)
        take_role(user, pairing, actor=clerk, at=NOON)
        deactivate(user, actor=clerk, reason="调离", at=NOON)
        reactivate(user, actor=clerk, at=NOON)
        set_password(user, BETTER, actor=clerk, at=NOON)

        def role(name: str) -> dict[str, str]:
            return {"name": "li", "role": name, "pairing": "one"}

        assert [(e.action, e.old, e.new, e.why) for e in Entry.objects.all()] == [
            ("make account", None, {"name": "li"}, ""),
            ("give role", None, role("reader"), ""),
            ("give role", role("reader"), role("reviewer"), ""),
            ("take role", role("reviewer"), None, ""),
            ("deactivate", {"name": "li", "active": True}, {"active": False}, "调离"),
            ("reactivate", {"name": "li", "active": False}, {"active": True}, ""),
            ("password", None, {"name": "li"}, ""),
        ]
        assert {e.subject for e in Entry.objects.all()} == {"account:li"}

    def test_refusals(self, clerk: Actor) -> None:
        user = make("li", GOOD, actor=clerk)
        pairing = Pairing.objects.create(key="one", name_zh="甲", sending="甲", receiving="乙")
        give_role(user, Role.READER, None, actor=clerk)
        for refused in (
            lambda: give_role(user, Role.READER, None, actor=clerk),
            lambda: give_role(user, Role.ADMINISTRATOR, pairing, actor=clerk),
            lambda: take_role(user, pairing, actor=clerk),
            lambda: reactivate(user, actor=clerk),
        ):
            with pytest.raises(NotPossible):
                refused()
        office = Actor("office", clerk.general - {Right.ACCOUNTS})
        for forbidden in (
            lambda: make("wang", GOOD, actor=office),
            lambda: give_role(user, Role.OFFICE, None, actor=office),
            lambda: take_role(user, None, actor=office),
            lambda: deactivate(user, actor=office),
            lambda: reactivate(user, actor=office),
        ):
            with pytest.raises(NotAllowed):
                forbidden()

"""Tokens: shown once, kept as a hash, with the rights of their account, for a time."""

import datetime

import pytest
from django.contrib.auth.models import User

from ledger.conftest import NOON
from shanhai.ledger.actions.tokens import MOST, access_token, actor_of, make, revoke, tokens
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotKnown, NotPossible, NotThere
from shanhai.ledger.models import Entry, Membership, Role, Token
from shanhai.ledger.rights import Right

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> User:
    user = User.objects.create_user("reporter")
    Membership.objects.create(user=user, role=Role.REPORTER)
    return user


@pytest.fixture
def administrator() -> Actor:
    user = User.objects.create_user("administrator")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    return Actor.of(user)


def test_a_token_acts_with_the_rights_that_its_account_has_now(reporter: User) -> None:
    made = make(reporter, " 每月\n报送 ", actor=Actor.of(reporter), at=NOON)
    assert actor_of(made.secret, at=NOON) == Actor.of(reporter)
    assert made.token.label == "每月 报送"
    Membership.objects.filter(user=reporter).update(role=Role.READER)
    assert not actor_of(made.secret, at=NOON).may(Right.SEND)


def test_the_secret_is_kept_nowhere(reporter: User) -> None:
    made = make(reporter, "报送", actor=Actor.of(reporter), at=NOON)
    stored = [str(v) for row in (*Token.objects.values(), *Entry.objects.values()) for v in row.values()]
    assert not any(made.secret in value or made.secret.removeprefix("shanhai_") in value for value in stored)
    assert made.secret.endswith(made.token.hint)
    assert make(reporter, "报送", actor=Actor.of(reporter), at=NOON).secret != made.secret


@pytest.mark.parametrize("wrong", ["", "shanhai_", "shanhai_wrong", "\udcff", "令牌", "x" * 10_000])
def test_secrets_that_are_none(wrong: str) -> None:
    with pytest.raises(NotKnown, match="not known"):
        actor_of(wrong, at=NOON)


def test_an_expired_token(reporter: User) -> None:
    made = make(reporter, "报送", actor=Actor.of(reporter), days=2, at=NOON)
    assert actor_of(made.secret, at=NOON + 2 * DAY - datetime.timedelta(seconds=1)).name == "reporter"
    with pytest.raises(NotKnown, match="expired on 2024-03-03"):
        actor_of(made.secret, at=NOON + 2 * DAY)


def test_a_revoked_token(reporter: User) -> None:
    made = make(reporter, "报送", actor=Actor.of(reporter), at=NOON)
    revoke(made.token, actor=Actor.of(reporter), at=NOON)
    with pytest.raises(NotKnown, match="revoked"):
        actor_of(made.secret, at=NOON)
    with pytest.raises(NotPossible, match="already"):
        revoke(made.token, actor=Actor.of(reporter), at=NOON)
    assert list(Entry.objects.values_list("action", "subject", "by")) == [
        ("make token", f"token:{made.token.pk}", "reporter"),
        ("revoke token", f"token:{made.token.pk}", "reporter"),
    ]


def test_the_token_of_a_closed_account(reporter: User) -> None:
    made = make(reporter, "报送", actor=Actor.of(reporter), at=NOON)
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    with pytest.raises(NotKnown):
        actor_of(made.secret, at=NOON)


def test_use_is_noted_by_the_day(reporter: User) -> None:
    made = make(reporter, "报送", actor=Actor.of(reporter), at=NOON)
    assert access_token(Actor.of(reporter), made.token.pk).last_used is None
    for hours in (0, 1, 30):
        actor_of(made.secret, at=NOON + datetime.timedelta(hours=hours))
    assert access_token(Actor.of(reporter), made.token.pk).last_used == datetime.date(2024, 3, 3)


def test_whose_tokens(reporter: User, administrator: Actor, clerk: Actor) -> None:
    other = User.objects.create_user("other")
    made = make(reporter, "报送", actor=Actor.of(reporter), at=NOON)
    by_command = make(other, "报送", actor=clerk, at=NOON)
    for stranger in (administrator, Actor.of(other), Actor("", frozenset())):
        with pytest.raises(NotAllowed):
            make(reporter, "冒用", actor=stranger, at=NOON)
    with pytest.raises(NotThere):
        access_token(Actor.of(other), made.token.pk)
    with pytest.raises(NotAllowed):
        revoke(made.token, actor=Actor.of(other), at=NOON)
    assert list(tokens(Actor.of(other))) == [by_command.token]
    assert list(tokens(administrator)) == [made.token, by_command.token]
    assert not tokens(Actor("", frozenset()))
    revoke(made.token, actor=administrator, at=NOON)


@pytest.mark.parametrize(
    ("label", "days"), [("", 1), ("  \n", 1), ("长" * 101, 1), ("报送", 0), ("报送", 367), ("报送", -1)]
)
def test_tokens_that_cannot_be_made(reporter: User, label: str, days: int) -> None:
    with pytest.raises(NotPossible):
        make(reporter, label, actor=Actor.of(reporter), days=days, at=NOON)
    assert not Token.objects.exists()


def test_so_many_tokens_and_no_more(reporter: User) -> None:
    actor = Actor.of(reporter)
    for _ in range(MOST):
        make(reporter, "报送", actor=actor, days=1, at=NOON)
    with pytest.raises(NotPossible, match=f"has {MOST} tokens"):
        make(reporter, "报送", actor=actor, at=NOON)
    make(reporter, "报送", actor=actor, at=NOON + 2 * DAY)

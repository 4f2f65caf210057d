"""Who sees and may do what: gates over other people's objects, and a table of roles and rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from ledger.conftest import NOON, arrival
from shanhai.ledger import access
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotThere
from shanhai.ledger.models import (
    Collection,
    Decision,
    Fact,
    Finding,
    Membership,
    Pairing,
    Promise,
    Report,
    Review,
    Role,
    Source,
    Statement,
    Upload,
)
from shanhai.ledger.rights import PUBLIC, RIGHTS, UNSCOPED, Right

pytestmark = pytest.mark.django_db

TEXT = "{0}工作\n2021年,{0}实施项目25个,其中卫生项目15个、教育项目12个。计划2022年底前建成学校2所。\n"


@pytest.fixture(autouse=True)
def _ledger(clerk: Actor) -> None:
    for key, name in (("one", "甲"), ("two", "乙"), ("", "丙")):
        pairing = Pairing.objects.create(key=key, name_zh=name, sending=name, receiving=name) if key else None
        source = receive(arrival(TEXT.format(name), f"{name}.txt"), actor=clerk, pairing=pairing).source
        figure = Statement.objects.filter(report__source=source).order_by("pk")[0]
        decide(figure.report, Decision.ACCEPT, {figure.key: None}, actor=clerk)
        Upload.objects.create(by="someone", at=NOON, pairing=pairing)
        rebuild(pairing, actor=clerk, on=NOON.date(), at=NOON)


def account(role: Role | None, pairing: str | None = None, name: str = "li") -> Actor:
    user = User.objects.create_user(name)
    if role is not None:
        scope = Pairing.objects.get(key=pairing) if pairing else None
        Membership.objects.create(user=user, role=role, pairing=scope)
    return Actor.of(user)


Gate = tuple[type[Any], str, str, Callable[..., Any], Callable[[Actor], Any]]
GATES: dict[str, Gate] = {
    "pairing": (Pairing, "key", "key", access.access_pairing, access.pairings),
    "source": (Source, "pairing__key", "sha256", access.access_source, access.sources),
    "report": (Report, "source__pairing__key", "pk", access.access_report, access.reports),
    "statement": (Statement, "pairing__key", "key", access.access_statement, access.statements),
    "fact": (Fact, "pairing__key", "pk", access.access_fact, access.facts),
    "finding": (Finding, "pairing__key", "key", access.access_finding, access.findings),
    "promise": (Promise, "pairing__key", "pk", access.access_promise, access.promises),
    "review": (Review, "report__source__pairing__key", "pk", access.access_review, access.reviews),
}


def objects(gate: Gate, pairing: str | None) -> list[Any]:
    model, path, _, _, _ = gate
    found = list(model._default_manager.filter(**{path: pairing}))
    assert found or (model is Pairing and pairing is None), f"no {model} to test with"
    return found


class TestGates:
    @pytest.mark.parametrize("name", GATES)
    def test_only_ones_own_pairing_is_there(self, name: str) -> None:
        gate = GATES[name]
        _, _, key, one, all_ = gate
        actor = account(Role.OFFICE, "one")
        for mine in objects(gate, "one"):
            assert one(actor, getattr(mine, key)) == mine
        for others in (*objects(gate, "two"), *objects(gate, None)):
            with pytest.raises(NotThere, match="nothing here that your account can see"):
                one(actor, getattr(others, key))
        assert set(all_(actor)) == set(objects(gate, "one"))

    @pytest.mark.parametrize("name", GATES)
    def test_a_role_for_all_sees_all(self, name: str) -> None:
        gate = GATES[name]
        _, _, key, one, all_ = gate
        actor = account(Role.READER)
        every = [found for pairing in ("one", "two", None) for found in objects(gate, pairing)]
        assert set(all_(actor)) == set(every)
        assert all(one(actor, getattr(found, key)) == found for found in every)

    @pytest.mark.parametrize("name", GATES)
    def test_without_a_role_nothing_is_there(self, name: str) -> None:
        gate = GATES[name]
        actor = account(None)
        assert not gate[4](actor).exists()
        with pytest.raises(NotThere):
            gate[3](actor, getattr(objects(gate, "one")[0], gate[2]))

    @pytest.mark.parametrize("name", GATES)
    def test_what_one_sees_one_may_not_always_change(self, name: str) -> None:
        gate = GATES[name]
        number = getattr(objects(gate, "one")[0], gate[2])
        with pytest.raises(NotAllowed):
            gate[3](account(Role.READER, "one"), number, Right.REVIEW)

    def test_uploads_are_ones_own_and_those_one_files(self) -> None:
        of = {u.pairing.key if u.pairing else None: u for u in Upload.objects.all()}
        assert set(access.uploads(account(Role.OFFICE, name="all"))) == set(of.values())
        assert set(access.uploads(account(Role.OFFICE, "one", "office"))) == {of["one"]}
        assert not access.uploads(account(Role.REVIEWER, "one", "reviewer")).exists()
        assert set(access.uploads(account(Role.REPORTER, "one", "someone"))) == set(of.values())
        with pytest.raises(NotThere):
            access.access_upload(account(Role.OFFICE, "two", "other"), of["one"].pk)

    def test_collections_show_their_names_to_readers(self) -> None:
        Collection.objects.create(key="audit", name="审计")
        assert access.access_collection(account(Role.READER, "one", "reader"), "audit").name == "审计"
        with pytest.raises(NotThere):
            access.access_collection(account(None, name="nobody"), "audit")


class TestRights:
    @pytest.mark.parametrize("right", Right)
    @pytest.mark.parametrize("role", Role)
    def test_a_role_for_one_pairing(self, role: Role, right: Right) -> None:
        actor = account(role, "one")
        here, there = (Pairing.objects.get(key=k).pk for k in ("one", "two"))
        has = right in RIGHTS[role] and right not in UNSCOPED
        assert actor.may(right, here) is has
        assert actor.may_somewhere(right) is has
        assert not actor.may(right, there)
        assert not actor.may(right)

    @pytest.mark.parametrize("right", Right)
    @pytest.mark.parametrize("role", Role)
    def test_a_role_for_all(self, role: Role, right: Right) -> None:
        actor = account(role)
        for pairing in (None, *Pairing.objects.values_list("pk", flat=True)):
            assert actor.may(right, pairing) is (right in RIGHTS[role])

    def test_a_closed_account_has_none(self) -> None:
        account(Role.ADMINISTRATOR)
        User.objects.update(is_active=False)
        actor = Actor.of(User.objects.get())
        assert (actor.name, actor.general, actor.scoped) == ("", frozenset(), {})

    def test_the_public_reads_only_where_the_ledger_is_open(self) -> None:
        assert Actor.of(AnonymousUser()).general == frozenset()
        assert Actor.of(AnonymousUser(), public=True).general == PUBLIC

    def test_roles_for_one_and_for_all_add_up(self) -> None:
        actor = account(Role.READER)
        pairing = Pairing.objects.get(key="one")
        Membership.objects.create(user_id=actor.user_id, role=Role.REVIEWER, pairing=pairing)
        actor = Actor.of(User.objects.get())
        assert actor.may(Right.REVIEW, pairing.pk)
        assert not actor.may(Right.REVIEW)
        assert actor.may(Right.READ)

    def test_a_refusal_says_what_and_to_whom_to_turn(self) -> None:
        with pytest.raises(NotAllowed, match=r"may not settle findings here. Ask an administrator") as told:
            account(Role.READER).require(Right.SETTLE)
        assert told.value.zh == "您的账号无权说明问题已解决。请联系管理员。"

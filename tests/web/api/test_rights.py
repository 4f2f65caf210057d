"""Who may do what by the API: each role, other people's pairings, wrong, expired and revoked tokens, the public."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shanhai.ledger.actions.tokens import make, revoke
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Fact, Finding, Review, Role, Source, Token

from .conftest import Answer, Caller, Ledger

TEXT = "2024年，海州市投入资金77万元。".encode()
Enter = Callable[..., Caller]
READ = (
    "/pairings", "/sources", "/reports", "/statements", "/facts", "/findings", "/promises", "/collections",
    "/search?q=资金", "/tokens",
)  # fmt: skip


def refused(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.data["status"], answer.data["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.data["detail"]
    assert answer.data["detail_en"].isascii() or "“" in answer.data["detail_en"]


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_may_do(role: Role, caller: Enter, ledger: Ledger) -> None:
    who = caller(role)
    rank = list(Role).index(role)
    sends, reviews, assigns, all_ = (
        rank >= list(Role).index(r) for r in (Role.REPORTER, Role.REVIEWER, Role.OFFICE, Role.ADMINISTRATOR)
    )
    report = f"/reports/{ledger.sources[0].sha256}"
    finding = f"/findings/{Finding.objects.filter(pairing=ledger.here).first().key}"  # type: ignore[union-attr]

    for path in READ:
        assert who.get(path).status == 200, path
    assert who.get(f"/sources/{ledger.sources[0].sha256}/content").status == 200
    assert who.send("a.txt", TEXT, pairing="hai-shan").status == (201 if sends else 403)
    told = {"decision": "accept", "seen": {ledger.waiting().key: None}}
    assert who.post(f"{report}/decisions", told).status == (201 if reviews else 403)
    assert who.post(f"/decisions/{ledger.decision.pk}/undo").status == (201 if reviews else 403)
    settled = who.post(f"{finding}/settle", {"seen": "", "because": "口径不同"})
    assert settled.status == (200 if reviews else 403)
    seen = settled.data["work"]["standing"] if reviews else ""
    assigned = who.post(f"{finding}/assign", {"seen": seen, "to": role.value})
    assert assigned.status == (200 if assigns else 403)
    assert who.get("/audit").status == (200 if all_ else 403)


def test_an_account_without_a_role_sees_nothing(caller: Enter, ledger: Ledger) -> None:
    nobody = caller(None)
    for path in READ[:-1]:
        answer = nobody.get(path)
        assert (answer.status, answer.data["items"]) == (200, []), path
    refused(nobody.get(f"/sources/{ledger.sources[0].sha256}"), 404, "not_there")


def test_other_peoples_ids_are_not_there(caller: Enter, ledger: Ledger) -> None:
    stranger = caller(Role.OFFICE, ledger.there)
    sha256, key = ledger.sources[0].sha256, ledger.waiting().key
    fact = Fact.objects.filter(pairing=ledger.here).first()
    finding = Finding.objects.filter(pairing=ledger.here).first()
    assert fact is not None
    assert finding is not None
    mine = {"seen": "", "because": "看过"}
    for answer in (
        stranger.get("/pairings/hai-shan"),
        stranger.get("/sources?pairing=hai-shan"),
        stranger.get(f"/sources/{sha256}"),
        stranger.get(f"/sources/{sha256}/content"),
        stranger.get(f"/reports/{sha256}"),
        stranger.get(f"/reports/{sha256}/decisions"),
        stranger.get(f"/statements/{key}"),
        stranger.get(f"/facts/hai-shan/{fact.key}"),
        stranger.get(f"/findings/{finding.key}"),
        stranger.get(f"/decisions/{ledger.decision.pk}"),
        stranger.post(f"/decisions/{ledger.decision.pk}/undo"),
        stranger.post(f"/reports/{sha256}/decisions", {"decision": "accept", "seen": {key: None}}),
        stranger.post(f"/findings/{finding.key}/settle", mine),
        stranger.post(f"/findings/{finding.key}/reopen", {"seen": ""}),
        stranger.post(f"/findings/{finding.key}/assign", {"seen": "", "to": "office"}),
        stranger.send("a.txt", TEXT, pairing="hai-shan"),
        stranger.delete(f"/tokens/{make_token(caller(Role.READER)).pk}"),
    ):
        refused(answer, 404, "not_there")
    assert [s["sha256"] for s in stranger.get("/sources").data["items"]] == [ledger.elsewhere.sha256]
    assert not stranger.get("/search?q=海州市").data["items"]
    assert Review.objects.count() == 1


def test_a_file_that_others_filed_tells_nothing_of_them(caller: Enter, ledger: Ledger) -> None:
    stranger = caller(Role.REPORTER, ledger.there)
    from .conftest import HERE

    answer = stranger.send("1.txt", HERE[0].encode(), pairing="bing-ding")
    assert (answer.status, answer.data["progress"], answer.data["statements"]) == (200, "known", None)
    assert Source.objects.get(sha256=answer.data["sha256"]).pairing == ledger.here


def make_token(caller: Caller, **more: Any) -> Token:
    assert caller.user is not None
    return make(caller.user, "x", actor=Actor.of(caller.user), **more).token


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer shanhai_wrong", "Basic YTpi", "Token x", "令牌"]
)
def test_without_a_token_or_with_a_wrong_one(header: str, ledger: Ledger) -> None:
    response = Client().get("/api/v1/sources", headers={"authorization": header} if header else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["code"] == "not_known"


def test_an_expired_and_a_revoked_token(caller: Enter, ledger: Ledger) -> None:
    reader = caller(Role.READER)
    assert reader.user is not None
    past = timezone.now() - datetime.timedelta(days=3)
    expired = make(reader.user, "alt", actor=Actor.of(reader.user), days=1, at=past)
    refused(Caller(expired.secret).get("/sources"), 401, "not_known")
    assert "expired" in Caller(expired.secret).get("/sources").data["detail_en"]
    assert reader.get("/sources").status == 200
    revoke(Token.objects.filter(user=reader.user).earliest("pk"), actor=Actor.of(reader.user))
    refused(reader.get("/sources"), 401, "not_known")


def test_a_program_revokes_its_own_token(caller: Enter) -> None:
    reader = caller(Role.READER)
    (token,) = reader.get("/tokens").data["items"]
    assert (token["account"], token["last_used"]) == ("reader", timezone.localdate().isoformat())
    assert "hash" not in token
    assert reader.delete(f"/tokens/{token['id']}").status == 204
    assert reader.get("/tokens").status == 401


def test_a_session_counts_for_nothing(caller: Enter, ledger: Ledger) -> None:
    client = Client()
    client.force_login(caller(Role.ADMINISTRATOR).user)  # type: ignore[arg-type]
    assert client.get("/api/v1/sources").status_code == 401


def test_the_public_reads_where_the_ledger_is_open(settings: Any, caller: Enter, ledger: Ledger) -> None:
    settings.SHANHAI_PUBLIC = True
    anyone = Caller(None)
    for path in READ[:-1]:
        assert anyone.get(path).status == 200, path
    assert anyone.get(f"/sources/{ledger.sources[0].sha256}/content").status == 200
    assert anyone.get("/tokens").data["items"] == []
    told = {"decision": "accept", "seen": {ledger.waiting().key: None}}
    refused(anyone.post(f"/reports/{ledger.sources[0].sha256}/decisions", told), 403, "not_allowed")
    refused(anyone.send("a.txt", TEXT), 403, "not_allowed")
    refused(anyone.get("/audit"), 403, "not_allowed")
    refused(Caller("shanhai_wrong").get("/sources"), 401, "not_known")
    assert caller(Role.READER, ledger.there).get(f"/sources/{ledger.sources[0].sha256}").status == 200
    assert Entry.objects.filter(by="").count() == 0

"""What is written by the API: files, decisions, findings; two writers; requests that are none."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from shanhai.ledger.models import Entry, Finding, Review, Role, Source, State, Statement

from ..hostile_files import zip_bomb
from .conftest import HERE, Caller, Ledger

Enter = Callable[..., Caller]
TEXT = "2024年，海州市投入资金77万元。"


@pytest.fixture
def reviewer(caller: Enter) -> Caller:
    return caller(Role.REVIEWER)


def test_a_file_is_read_and_then_known(reviewer: Caller, ledger: Ledger) -> None:
    first = reviewer.send(
        "../报送/简报.txt", TEXT.encode(), pairing="hai-shan", origin="https://example.org/a"
    )
    again = reviewer.send("简报.txt", TEXT.encode(), pairing="hai-shan", origin="https://example.org/a")
    assert (first.status, first.data["progress"], first.data["statements"]) == (201, "read", 1)
    assert (again.status, again.data["progress"]) == (200, "known")
    source = reviewer.get(f"/sources/{first.data['sha256']}").data
    assert (source["name"], source["pairing"], len(source["receipts"])) == ("简报.txt", "hai-shan", 1)
    content = reviewer.get(f"/sources/{first.data['sha256']}/content")
    assert content.raw == TEXT.encode()
    assert content.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert content.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in content.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        (
            "图.svg",
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
            415,
            "file_kind",
        ),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + bytes(64), 415, "file_kind"),
        ("炸弹.docx", zip_bomb(), 413, "file_size"),
        ("空.txt", b" ", 422, "file_empty"),
    ],
)
def test_files_that_are_not_taken(
    name: str, data: bytes, status: int, code: str, reviewer: Caller, ledger: Ledger
) -> None:
    before = Source.objects.count()
    answer = reviewer.send(name, data, pairing="hai-shan")
    assert (answer.status, answer.data["code"]) == (status, code)
    assert name in answer.data["detail"]
    assert Source.objects.count() == before


def test_a_file_that_is_too_large(settings: Any, reviewer: Caller, ledger: Ledger) -> None:
    settings.UPLOADS = {**settings.UPLOADS, "megabytes": 1}
    answer = reviewer.send("大.txt", b"1" * (1024 * 1024 + 1))
    assert (answer.status, answer.data["code"]) == (413, "file_size")
    assert "1 MB" in answer.data["detail"]


def test_a_body_that_is_too_large_is_not_even_taken(settings: Any, reviewer: Caller, ledger: Ledger) -> None:
    settings.SHANHAI_UPLOAD_BYTES = 1024
    answer = reviewer.send("大.txt", b"1" * (1024 * 1024 + 2048))
    assert (answer.status, answer.data["code"]) == (413, "too_large")


def test_of_two_reviewers_the_second_is_told(caller: Enter, ledger: Ledger) -> None:
    one, other = caller(Role.REVIEWER, name="甲"), caller(Role.REVIEWER, name="乙")
    path, key = f"/reports/{ledger.sources[0].sha256}/decisions", ledger.waiting().key
    first = one.post(path, {"decision": "accept", "seen": {key: None}})
    second = other.post(path, {"decision": "reject", "seen": {key: None}, "reason": "不是数字"})
    assert (first.status, second.status) == (201, 409)
    assert (second.data["code"], second.data["by"], second.data["decision"]) == ("conflict", "甲", "accept")
    assert Statement.objects.get(key=key).state == State.ACCEPTED
    third = other.post(path, {"decision": "reject", "seen": {key: first.data["id"]}, "reason": "不是数字"})
    assert third.status == 201
    assert one.post(f"/decisions/{first.data['id']}/undo").status == 409
    assert Entry.objects.filter(action="reject").count() == 1


def test_a_correction_and_its_undo(reviewer: Caller, ledger: Ledger) -> None:
    path, key = f"/reports/{ledger.sources[0].sha256}/decisions", ledger.waiting().key
    shown = reviewer.get(f"/statements/{key}").data
    assert shown["claim"]["quote"] in shown["sentence"]
    claim = {k: v for k, v in shown["claim"].items() if k != "doc"} | {"place": "山南县", "value": 500.25}
    made = reviewer.post(
        path, {"decision": "correct", "seen": {key: shown["review"]}, "claims": [claim], "reason": "地点"}
    )
    assert made.status == 201, made.data
    (new,) = made.data["after"]
    assert made.data["before"] == [key]
    assert reviewer.get(f"/statements/{key}").data["superseded_by"] == new
    stored = reviewer.get(f"/statements/{new}")
    assert (stored.data["state"], stored.data["claim"]["place"]) == ("accepted", "山南县")
    assert b'"value":500.25' in stored.raw
    assert reviewer.post(f"/decisions/{made.data['id']}/undo").status == 201
    assert reviewer.get(f"/statements/{key}").data["state"] == "open"
    listed = reviewer.get(path).data["items"]
    assert [d["decision"] for d in listed] == ["accept", "correct", "undo"]
    assert listed[1]["undone_by"] == listed[2]["id"]
    twice = reviewer.post(f"/decisions/{made.data['id']}/undo")
    assert (twice.status, twice.data["code"]) == (422, "not_possible")


def test_claims_that_do_not_hold(reviewer: Caller, ledger: Ledger) -> None:
    path, key = f"/reports/{ledger.sources[0].sha256}/decisions", ledger.waiting().key
    claim = {k: v for k, v in reviewer.get(f"/statements/{key}").data["claim"].items() if k != "doc"}
    for wrong, status in (
        ({"quote": "999万元"}, 422),
        ({"start": claim["end"], "end": claim["start"]}, 422),
        ({"low": 10, "high": 1}, 422),
        ({"value": "12"}, 422),
        ({"value": True}, 422),
        ({"doc": "x"}, 422),
        ({"period": "去年"}, 422),
    ):
        told = {"decision": "correct", "seen": {key: None}, "claims": [claim | wrong], "reason": "试"}
        assert reviewer.post(path, told).status == status, wrong
    body = json.dumps({"decision": "correct", "seen": {key: None}, "claims": [claim], "reason": "试"})
    for number in ("NaN", "Infinity", "1e400000000", "-1e400000000"):
        broken = body.replace(f'"value": {claim["value"]}', f'"value": {number}')
        assert broken != body
        assert reviewer.post(path, broken.encode()).status in (400, 422)
    assert Review.objects.count() == 1


def test_a_finding_is_settled_by_one_and_the_other_is_told(caller: Enter, ledger: Ledger) -> None:
    one, other = caller(Role.OFFICE, name="甲"), caller(Role.OFFICE, name="乙")
    path = f"/findings/{Finding.objects.filter(pairing=ledger.here).first().key}"  # type: ignore[union-attr]
    seen = one.get(path).data["work"]["standing"]
    first = one.post(f"{path}/settle", {"seen": seen, "because": "口径不同"})
    second = other.post(f"{path}/assign", {"seen": seen, "to": "乙"})
    assert (first.status, second.status, second.data["by"]) == (200, 409, "甲")
    assert path.rsplit("/", 1)[1] in {f["key"] for f in one.get("/findings?state=settled").data["items"]}
    standing = first.data["work"]["standing"]
    assert other.post(f"{path}/reopen", {"seen": standing, "reason": "再看"}).data["work"]["settled"] is False
    unknown = other.post(f"{path}/assign", {"seen": standing, "to": "无此人"})
    assert (unknown.status, unknown.data["code"]) == (422, "not_possible")


def test_requests_that_are_none(reviewer: Caller, ledger: Ledger) -> None:
    path = f"/reports/{ledger.sources[0].sha256}/decisions"
    for body, kind, status, code in (
        (b"{", "application/json", 400, "malformed"),
        (b"\xff", "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 400, "malformed"),
        (b"[]", "application/json", 422, "invalid_request"),
        (b"{}", "text/plain", 415, "wrong_media_type"),
        (b"{}", "application/x-www-form-urlencoded", 415, "wrong_media_type"),
        (b'{"decision": "accept", "seen": {}, "odd": 1}', "application/json", 422, "invalid_request"),
        (b'{"decision": "accept", "reason": "\\ud800"}', "application/json", 422, "invalid_request"),
        (b'{"decision": "accept"' + b" " * 11_000_000 + b"}", "application/json", 413, "too_large"),
    ):
        answer = reviewer.post(path, body, content_type=kind)
        assert (answer.status, answer.data["code"]) == (status, code), body[:60]


def test_addresses_and_methods_that_are_none(reviewer: Caller, ledger: Ledger) -> None:
    for path in ("/", "/nothing", "/sources/", "/sources/x/y/z"):
        answer = reviewer.get(path)
        assert (answer.status, answer.data["code"]) == (404, "not_there"), path
    answer = reviewer.call("PATCH", "/sources")
    assert (answer.status, answer.data["code"], answer.headers["Allow"]) == (405, "wrong_method", "GET, POST")
    assert reviewer.get("/sources/" + "0" * 64).status == 404
    assert reviewer.get("/sources/%00").status == 422


def test_what_has_not_changed_is_not_sent_again(reviewer: Caller, ledger: Ledger) -> None:
    for path in (
        "/sources",
        "/statements?limit=3",
        f"/sources/{ledger.sources[0].sha256}/content",
        "/openapi.json",
    ):
        first = reviewer.get(path)
        again = reviewer.get(path, **{"if-none-match": first.headers["ETag"]})
        assert (first.status, again.status, again.raw) == (200, 304, b""), path
    tag = reviewer.get("/sources").headers["ETag"]
    assert reviewer.send("a.txt", TEXT.encode(), pairing="hai-shan").status == 201
    assert reviewer.get("/sources", **{"if-none-match": tag}).status == 200


def test_too_many_requests(settings: Any, caller: Enter, ledger: Ledger) -> None:
    settings.SHANHAI_API_RATE = 3
    one, other = caller(Role.READER, name="甲"), caller(Role.READER, name="乙")
    statuses = [one.get("/pairings") for _ in range(8)]  # a minute may end in between
    assert 429 in {a.status for a in statuses}
    refused = next(a for a in statuses if a.status == 429)
    assert refused.data["code"] == "too_many"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert other.get("/pairings").status == 200


def test_answers_are_safe_to_keep_apart(reviewer: Caller, ledger: Ledger) -> None:
    answer = reviewer.get("/sources")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.headers["Vary"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert HERE[0][:4] not in answer.raw.decode()

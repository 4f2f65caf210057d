"""What the tests of the API share: a small ledger with something of everything, and callers with tokens."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actions.tokens import make
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import (
    Collection,
    Decision,
    Fact,
    Finding,
    Membership,
    Pairing,
    Review,
    Role,
    Source,
    State,
    Statement,
)

HERE = (
    "海州市援助山南县2023年工作总结\n2023年，海州市投入资金1200万元，其中教育500万元、医疗300万元、产业300万元。实施项目15个。",
    "海州市援助山南县简报第3期\n2023年，海州市投入资金1250万元，实施项目15个。预计2024年底前建成学校2所。",
)
THERE = ("丙州市援助丁县2023年工作总结\n2023年，丙州市投入资金900万元，培训干部120人次。",)
_ROOT = "/api/v1"


class Ledger(msgspec.Struct, frozen=True):
    """Two pairings with reports, decisions, facts and findings."""

    here: Pairing
    there: Pairing
    sources: list[Source]
    elsewhere: Source
    decision: Review

    def waiting(self, source: Source | None = None) -> Statement:
        """A statement of a source that no one has decided about."""
        found = Statement.objects.filter(report__source=source or self.sources[0], state=State.OPEN).first()
        assert found is not None
        return found


class Answer(msgspec.Struct, frozen=True):
    """What the API answered."""

    status: int
    headers: dict[str, str]
    data: Any
    raw: bytes


class Caller:
    """Someone who calls the API."""

    def __init__(self, secret: str | None, user: User | None = None) -> None:
        self.user = user
        self.headers = {"authorization": f"Bearer {secret}"} if secret is not None else {}
        self._client = Client()

    def get(self, path: str, **headers: str) -> Answer:
        return self._answer(self._client.get(_ROOT + path, headers={**self.headers, **headers}))

    def post(self, path: str, told: Any = None, **headers: str) -> Answer:
        body = told if isinstance(told, bytes) else json.dumps(told if told is not None else {}).encode()
        kind = headers.pop("content_type", "application/json")
        return self._answer(
            self._client.post(_ROOT + path, body, content_type=kind, headers={**self.headers, **headers})
        )

    def send(self, name: str, data: bytes, **form: str) -> Answer:
        from django.core.files.uploadedfile import SimpleUploadedFile

        told = {**form, "file": SimpleUploadedFile(name, data)}
        return self._answer(self._client.post(f"{_ROOT}/sources", told, headers=self.headers))

    def delete(self, path: str) -> Answer:
        return self._answer(self._client.delete(_ROOT + path, headers=self.headers))

    def call(self, method: str, path: str) -> Answer:
        return self._answer(self._client.generic(method, _ROOT + path, headers=self.headers))

    @staticmethod
    def _answer(response: Any) -> Answer:
        is_json = "json" in response.headers.get("Content-Type", "")
        data = json.loads(response.content) if is_json and response.content else None
        return Answer(response.status_code, dict(response.headers), data, response.content)


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    cache.clear()


@pytest.fixture
def caller(db: None) -> Callable[..., Caller]:
    """A caller whose account has a role: ``caller(Role.REVIEWER)``, ``caller(Role.READER, pairing)``."""

    def enter(role: Role | None, pairing: Pairing | None = None, name: str = "") -> Caller:
        user = User.objects.create_user(name or (role.value if role else "nobody"))
        if role:
            Membership.objects.create(user=user, role=role, pairing=pairing)
        return Caller(make(user, "test", actor=Actor.of(user)).secret, user)

    return enter


@pytest.fixture
def ledger(db: None) -> Ledger:
    clerk = Actor.command_line("clerk")
    here = Pairing.objects.create(key="hai-shan", name_zh="海州—山南", sending="海州市", receiving="山南县")
    there = Pairing.objects.create(key="bing-ding", name_zh="丙州—丁县", sending="丙州市", receiving="丁县")
    sources = [
        receive(arrival(text, f"{n}.txt"), actor=clerk, pairing=here, at=NOON).source
        for n, text in enumerate(HERE, 1)
    ]
    elsewhere = receive(arrival(THERE[0], "9.txt"), actor=clerk, pairing=there, at=NOON).source
    Collection.objects.create(key="audit-2024", name="2024年审计").sources.set(sources)
    first = Statement.objects.filter(report__source=sources[0]).order_by("start").first()
    assert first is not None
    decision = decide(first.report, Decision.ACCEPT, {first.key: None}, actor=clerk, at=NOON)
    for pairing in (here, there):
        rebuild(pairing, actor=clerk, on=datetime.date(2024, 3, 1), at=NOON)
    assert Fact.objects.exists()
    assert Finding.objects.exists()
    return Ledger(here, there, sources, elsewhere, decision)

"""What the register says to a figure stands on its card, with the records one step away; and from a record back."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from shanhai import find_claims, read
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role, Statement
from shanhai.ledger.rights import Right
from shanhai.programme.actions.matching import rebuild_matches
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.web.matched import claims_about

EVERYONE = Actor("a test", frozenset(Right))
TEXT = "昌都市对口支援工作简报\n重庆市援藏工作队 2024年1月10日\n2023年，昌都市到位援藏资金300万元。\n"


CHANGED = {"zh-hans": "台账改动后", "en": "The register was changed and"}
OLD = {"zh-hans": "台账后来有改动", "en": "The register was changed since"}


@pytest.mark.parametrize(
    ("language", "expected"), [("zh-hans", "差额正好是E2"), ("en", "50万元 more than the report")]
)
def test_card_and_back(db: None, signed_in: Any, language: str, expected: str) -> None:
    pairing = Pairing.objects.create(
        key="cq-cd", name_zh="渝昌协作", sending="重庆市", receiving="昌都市", receiving_code="540300"
    )
    for key, amount in (("E1", 3000000), ("E2", 500000)):
        values = {
            "day": datetime.date(2023, 5, 1),
            "stage": "arrived",
            "plan": "in",
            "amount": Decimal(amount),
        }
        put(KINDS["money"], pairing, Told(key, values), actor=EVERYONE)
    data = TEXT.encode()
    report = read(data, name="简报.txt")
    source = receive(
        Arrival(data, "简报.txt", "", report, find_claims(report)), actor=EVERYONE, pairing=pairing
    ).source
    rebuild_matches(pairing, actor=EVERYONE)
    statement = Statement.objects.get(quote="300万元")
    client = signed_in(Role.READER, language=language)
    page = client.get(f"/room/{source.sha256}/?s={statement.key}").content.decode()
    assert expected in page
    assert 'href="/register/cq-cd/money/E2/"' in page
    (about,) = claims_about(EVERYONE, pairing, "money", "E2")
    assert about.href == f"/room/{source.sha256}/#s-{statement.key}"
    assert "300万元" in about.text

    part = reverse("sources:freshness")
    rebuild(pairing, actor=EVERYONE)
    assert CHANGED[language] not in client.get(part).content.decode()
    record = "/register/cq-cd/money/E2/"
    assert OLD[language] not in client.get(record).content.decode()
    put(KINDS["money"], pairing, Told("E2", {"amount": Decimal(400000)}), actor=EVERYONE)
    assert CHANGED[language] in client.get(part).content.decode()
    assert OLD[language] in client.get(record).content.decode()
    rebuild_matches(pairing, actor=EVERYONE)
    assert CHANGED[language] not in client.get(part).content.decode()

"""A draft is held against the register before all reports; its records are one step from the number."""

import datetime
import io
import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import expect

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role
from shanhai.ledger.rights import Right
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.web.check import running

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

pytestmark = pytest.mark.django_db(transaction=True)
EVERYONE = Actor("a test", frozenset(Right))
HEAD = "昌都市对口支援工作简报\n重庆市援藏工作队 2024年1月10日\n"
DRAFT = (
    f"{HEAD}2023年，昌都市到位援藏资金300万元。2023年，昌都市举办培训班2期。"
    "2023年，昌都市引进企业5家。昌都市拨付援藏资金80万元。2023年，昌都市新建幼儿园7所。\n"
)
REPORT = f"{HEAD}2023年，昌都市到位援藏资金300万元。2023年，昌都市举办培训班4期。\n"


@pytest.fixture
def pairing() -> Pairing:
    made = Pairing.objects.create(
        key="cq-cd", name_zh="渝昌协作", sending="重庆市", receiving="昌都市", receiving_code="540300"
    )
    day = datetime.date(2023, 5, 1)
    for key, amount in (("E1", 3000000), ("E2", 500000)):
        values = {"day": day, "stage": "arrived", "plan": "in", "amount": Decimal(amount)}
        put(KINDS["money"], made, Told(key, values), actor=EVERYONE)
    for key in ("D1", "D2"):
        values = {"sort": "training", "name": f"培训{key}", "day": day, "counts": {"trained": 20}}
        put(KINDS["activity"], made, Told(key, values), actor=EVERYONE)
    data = REPORT.encode()
    report = read(data, name="简报.txt")
    receive(Arrival(data, "简报.txt", "", report, find_claims(report)), actor=EVERYONE, pairing=made)
    return made


def checked(client: Client, **form: Any) -> str:
    answer = client.post("/check/", form)
    assert answer.status_code == 302, answer.content.decode()
    running.wait()
    return str(answer["Location"])


def note(page: str, quote: str) -> str:
    found = re.search(rf'<section class="note [^>]*aria-label="{quote}：.*?</section>', page, re.S)
    assert found, page
    return found[0]


def test_the_register_goes_before_reports(pairing: Pairing, signed_in: Any) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT, against="cq-cd")
    page = client.get(address).content.decode()

    money = note(page, "300万元")  # a report says the same, the register another figure
    assert "v-differs" in money
    assert "比报告多50万元" in money
    assert '<a class="to-record" href="/register/cq-cd/money/E2/"><bdi>E2</bdi></a>' in money
    assert money.index("money/E2/") < money.index("money/E1/")
    courses = note(page, "2期")  # a report says otherwise, the register the same
    assert "v-backed" in courses
    assert "/register/cq-cd/activity/D1/" in courses
    assert "4期" in courses
    paid = note(page, "80万元")
    assert "v-differs_by_definition" in paid  # never a contradiction
    assert "台账中还没有" in paid
    assert "台账不登记" in note(page, "7所")
    assert "对照台账和 1 份报告" in page

    lines = [json.loads(line) for line in client.get(f"{address}jsonl/").getvalue().splitlines()]
    told = {line["claims"][0]["quote"]: line for line in lines if line["detail"]["check"] == "register"}
    assert {quote: line["code"] for quote, line in told.items()} == {
        "300万元": "contradicted", "2期": "adds_up",
    }  # fmt: skip
    assert told["300万元"]["detail"]["records"] == ["money:cq-cd/E2", "money:cq-cd/E1"]
    assert (told["300万元"]["detail"]["grade"], told["2期"]["detail"]["grade"]) == ("E", "A")


def test_english_and_word(pairing: Pairing, signed_in: Any) -> None:
    client = signed_in(Role.REPORTER, language="en")
    document = docx.Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    address = checked(client, file=SimpleUploadedFile("稿.docx", data.getvalue()), against="cq-cd")
    page = client.get(address).content.decode()
    assert "what the register says" in page
    assert "50万元 more than the report" in page
    commented = docx.Document(io.BytesIO(client.get(f"{address}docx/").getvalue()))
    comments = ["".join(p.text for p in c.paragraphs) for c in commented.comments]
    (money,) = [c for c in comments if "比报告多50万元" in c]
    assert "台账记录 records in the register：E2、E1" in money


def test_of_two_registers_only_the_one_that_is_meant_speaks(pairing: Pairing, signed_in: Any) -> None:
    other = Pairing.objects.create(
        key="cq-other", name_zh="另一结对", sending="北京市", receiving="拉萨市", receiving_code="540100"
    )
    values = {
        "day": datetime.date(2023, 5, 1), "stage": "arrived", "plan": "in", "amount": Decimal(900000),
    }  # fmt: skip
    put(KINDS["money"], other, Told("E9", values), actor=EVERYONE)
    client = signed_in(Role.REPORTER)
    both = ["cq-cd", "cq-other"]
    page = client.get(
        checked(client, text="2023年，昌都市到位援藏资金350万元。\n", against=both)
    ).content.decode()
    assert "v-backed" in note(page, "350万元")
    page = client.get(checked(client, text="2023年，到位援藏资金90万元。\n", against=both)).content.decode()
    unsaid = note(page, "90万元")
    assert "v-differs_by_definition" in unsaid
    assert "没有写明说的是哪一个" in unsaid


def test_a_stranger_hears_nothing_of_a_register(pairing: Pairing, signed_in: Any) -> None:
    other = Pairing.objects.create(key="other", name_zh="另一结对", sending="北京市", receiving="拉萨市")
    client = signed_in(Role.REPORTER, other)
    assert client.post("/check/", {"text": DRAFT, "against": "cq-cd"}).status_code == 404
    page = client.get(checked(client, text=DRAFT, against="other")).content.decode()
    assert "台账怎么说" not in page
    assert "350" not in page


@pytest.mark.parametrize(("language", "viewport", "dark"), [("zh-CN", DESK, False), ("en", PHONE, True)])
def test_from_the_number_to_the_record_in_one_step(
    pairing: Pairing, visit: Visit, language: str, viewport: Any, dark: bool
) -> None:
    page = visit("/check/", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    page.locator("#text").fill(DRAFT)
    page.locator("input[value=cq-cd]").check()
    page.locator("form[data-send] button.primary").click()
    expect(page.locator("#checked .summary")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
    note = page.locator(".note.v-differs", has_text="300万元").first
    expect(note.locator(".register")).to_be_visible()
    if folder := os.environ.get("SHANHAI_PICTURES"):
        page.screenshot(path=Path(folder) / f"check-register-{language}.png", full_page=True)
    with leads_on(page):
        note.get_by_role("link", name="E2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E2")

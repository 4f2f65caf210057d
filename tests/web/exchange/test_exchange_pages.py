"""The pages of exchanges and hand-overs: rights, bad files, both languages, and two whole flows in a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role
from shanhai.programme.exchange.keys import fingerprint
from shanhai.programme.exchange.lines import Place, Side
from shanhai.programme.models import ExchangeFile, Handover, OpenMatter

from ...programme.exchange.exchange_register import fill
from ...programme.exchange.registers import KEYS, data_of, money, project, work
from ...programme.handover.test_handover import fill as fill_two_terms
from ..browsing import PHONE, Visit, barriers, is_too_wide

ALOUD = fingerprint(KEYS[Side.RECEIVING].public)
PERIOD = {"side": "sending", "starts": "2023-01-01", "ends": "2023-12-31", "office": "东江市前方指挥部"}


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_FILE = tmp_path / "office.ledger"


@pytest.fixture
def pairing(db: None) -> Pairing:
    made = Pairing.objects.create(
        key="dong-xue",
        name_zh="东江对口支援雪山",
        sending="东江市",
        sending_code="440100",
        receiving="雪山县",
        receiving_code="540100",
    )
    fill(made, Actor.command_line("test"), "sending")
    return made


def their_file(**other: Any) -> bytes:
    lines = [
        project("P-7", "乡镇卫生院改扩建", 1_200_000),
        money("E1", "03-01", 600_000, project="P-7"),
        money("E2", "05-10", 190_000, project="P-7"),
        money("F3", "2024-01-08", 300_000, project="P-7"),
        money("E4", "07-01", 45_000, "paid_on", project="P-7"),
        work("D1", "08-14", "急救培训", counts={"attendances": 126}),
    ]
    return data_of(Side.RECEIVING, list(lines), **other)


def send(client: Client, data: bytes, digits: str = ALOUD, **other: Any) -> Any:
    sent = SimpleUploadedFile("对账.jsonl", data)
    return client.post("/exchange/dong-xue/take", {"file": sent, "fingerprint": digits, **other})


def exchanged(client: Client) -> str:
    """The address of the result after both files are there."""
    assert client.post("/exchange/dong-xue/export", PERIOD).status_code == 302
    assert send(client, their_file()).status_code == 302
    ours, theirs = (ExchangeFile.objects.get(own=own).sha256 for own in (True, False))
    return f"/exchange/dong-xue/of/{ours}/{theirs}/"


def test_files_are_exchanged_and_compared(pairing: Pairing, signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.OFFICE)
    address = exchanged(client)
    page = client.get(address).content.decode()
    for told in ("金额差10,000.00", "阶段不同：到位，转拨", "跨年", "所计数量不同"):
        assert told in page
    only = client.get(address, {"outcome": "one_sided"}).content.decode()
    assert "1,234.00" in only
    assert "金额差10,000.00" not in only
    memo = client.get(f"{address}memo")
    assert "对账备忘录" in memo.content.decode()
    assert memo["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    mine = client.get(f"/exchange/dong-xue/file/{ExchangeFile.objects.get(own=True).sha256}")
    assert mine.content.startswith(b'{"line":"header","format":"shanhai-exchange"')
    sheet: Any = client.get(f"{address}lines.xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    sheet.close()


@pytest.mark.parametrize(
    ("data", "digits", "says"),
    [
        (their_file(), "", "还不认识签名的密钥"),
        (their_file()[:-9], ALOUD, "不完整"),
        (their_file(receiving=Place("云山县", "530100")), ALOUD, "不是东江市—雪山县的"),
        (b"a sheet", ALOUD, "不是山海的对账文件"),
    ],
)
def test_a_bad_file_is_told_at_its_field_and_not_kept(
    pairing: Pairing, signed_in: Callable[..., Client], data: bytes, digits: str, says: str
) -> None:
    answer = send(signed_in(Role.OFFICE), data, digits)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ExchangeFile.objects.exists()


def test_a_file_over_all_limits_is_refused(
    pairing: Pairing, signed_in: Callable[..., Client], settings: Any
) -> None:
    settings.SHANHAI_UPLOAD_BYTES = 1000
    answer = send(signed_in(Role.OFFICE), their_file())
    assert answer.status_code == 422
    assert "MB" in answer.content.decode()


def test_who_only_reads_sees_no_forms_and_may_do_nothing(
    pairing: Pairing, signed_in: Callable[..., Client], account: Any
) -> None:
    office = Client()
    office.force_login(account(Role.OFFICE))
    address = exchanged(office)
    reader = signed_in(Role.READER)
    for path in ("/exchange/dong-xue/", address, "/exchange/dong-xue/handover/", "/exchange/dong-xue/taken/"):
        page = reader.get(path)
        assert page.status_code == 200
        assert 'method="post" action="/exchange' not in page.content.decode()
    assert reader.post("/exchange/dong-xue/export", PERIOD).status_code == 403
    assert send(reader, their_file()).status_code == 403
    assert reader.post(f"{address}note", {"row": "a", "text": "b"}).status_code == 403
    assert reader.post("/exchange/dong-xue/handover/", {}).status_code == 403


def test_other_peoples_pairings_are_not_there(pairing: Pairing, signed_in: Callable[..., Client]) -> None:
    other = Pairing.objects.create(key="other", name_zh="别处", sending="甲", receiving="乙")
    client = signed_in(Role.OFFICE, other)
    for path in ("", "handover/", "taken/", f"file/{'a' * 64}", f"of/{'a' * 64}/{'b' * 64}/"):
        assert client.get(f"/exchange/dong-xue/{path}").status_code == 404
    assert client.get(f"/exchange/other/of/{'a' * 64}/{'b' * 64}/").status_code == 404


def test_who_may_not_see_people_sees_no_names(pairing: Pairing, signed_in: Callable[..., Client]) -> None:
    fill_two_terms(pairing_of_terms := Pairing.objects.create(key="terms", name_zh="届", sending="甲", receiving="乙"), Actor.command_line("t"))  # fmt: skip
    Handover.objects.update(given_by="欧阳青山", taken_by="上官云", day="2025-07-02", signed="0" * 64)
    client = signed_in(Role.READER)
    page = client.get(f"/exchange/{pairing_of_terms.key}/handover/H1/")
    assert "欧阳青山" not in page.content.decode()
    assert client.get(f"/exchange/{pairing_of_terms.key}/handover/H1/print").status_code == 403


def test_pages_ask_as_much_for_many_rows_as_for_few(
    pairing: Pairing, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.OFFICE)
    address = exchanged(client)
    for path in (address, "/exchange/dong-xue/", "/exchange/dong-xue/taken/", "/exchange/dong-xue/handover/"):
        with django_assert_max_num_queries(20):
            client.get(path)


def is_sound(page: Page) -> None:
    assert barriers(page) == []
    assert not is_too_wide(page)


@pytest.mark.django_db(transaction=True)
def test_two_files_are_reconciled(visit: Visit, pairing: Pairing, account: Any, tmp_path: Path) -> None:
    user = account(Role.OFFICE)
    page = visit("/exchange/", user=user, but="422")
    is_sound(page)
    page.get_by_label("我方是").select_option(label="支援方")
    page.get_by_label("时段从").fill("2023-01-01")
    page.get_by_label("时段到").fill("2023-12-31")
    page.get_by_label("导出单位").fill("东江市前方指挥部")
    page.get_by_role("button", name="导出并签名").click()
    expect(page.get_by_text("请下载文件，交给对方")).to_be_visible()
    file = tmp_path / "theirs.jsonl"
    file.write_bytes(their_file())
    page.get_by_label("对方的文件").set_input_files(file)
    page.get_by_role("button", name="核验并导入").click()
    expect(page.get_by_text("还不认识签名的密钥")).to_be_visible()
    is_sound(page)
    page.get_by_label("对方的文件").set_input_files(file)
    page.get_by_label("对方念出的指纹").fill(ALOUD)
    page.get_by_role("button", name="核验并导入").click()
    expect(page.get_by_text("已认可的对方指纹")).to_be_visible()
    page.get_by_role("link", name="查看对账").click()
    page.get_by_label("结果").select_option(label="实际差异")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("金额差10,000.00")).to_be_visible()
    page.get_by_text("写说明").click()
    page.get_by_label("我方说明").fill("按凭证改正")
    page.get_by_role("button", name="签名保存").click()
    expect(page.get_by_text("支援方说明：按凭证改正")).to_be_visible()
    is_sound(page)
    result = page.url.partition("/exchange")[2].partition("?")[0]
    phone = visit(f"/exchange{result}", user=user, viewport=PHONE, dark=True, language="en")
    expect(phone.get_by_text("amount differs by 10,000.00")).to_be_visible()
    is_sound(phone)
    memo = visit(f"/exchange{result}memo", user=user)
    expect(memo.get_by_role("heading", name="对账备忘录")).to_be_visible()
    expect(memo.get_by_text("按凭证改正")).to_be_visible()
    assert not is_too_wide(memo)


@pytest.mark.django_db(transaction=True)
def test_what_is_open_is_handed_over(visit: Visit, account: Any) -> None:
    pairing = Pairing.objects.create(key="terms", name_zh="届", sending="甲", receiving="乙")
    fill_two_terms(pairing, Actor.command_line("test"))
    Handover.objects.update(withdrawn=True)
    user = account(Role.OFFICE)
    page = visit("/exchange/terms/handover/", user=user)
    is_sound(page)
    page.get_by_label("移交批次").select_option(label="第9批（P9）")
    page.get_by_label("接手批次").select_option(label="第10批（P10）")
    page.get_by_role("button", name="建立").click()
    page.get_by_role("button", name="汇集未了事项").click()
    expect(page.get_by_text("10项还没有接手人或说明")).to_be_visible()
    is_sound(page)
    for number in range(1, 11):
        page.get_by_role("link", name=f"M{number}", exact=True).click()
        if number == 1:
            is_sound(page)
        page.get_by_label("接手队员").select_option(label="上官云（Y3）")
        page.get_by_role("button", name="保存").click()
    page.get_by_label("移交人").fill("欧阳青山")
    page.get_by_label("接手人").fill("上官云")
    page.get_by_role("button", name="签字并关闭").click()
    expect(page.get_by_text("清单校验码")).to_be_visible()
    signed = Handover.objects.get(withdrawn=False).signed
    expect(page.get_by_text(signed)).to_be_visible()
    phone = visit("/exchange/terms/taken/?successor=Y3", user=user, viewport=PHONE, language="en")
    is_sound(phone)
    phone.get_by_label("State M1", exact=True).select_option(label="done")
    phone.get_by_role("button", name="Update M1", exact=True).click()
    expect(phone.get_by_text("The state of M1 is updated.")).to_be_visible()
    assert OpenMatter.objects.get(key="M1").state == "done"
    printed = visit("/exchange/terms/handover/H2/print", user=user)
    expect(printed.get_by_text(signed).first).to_be_visible()
    assert Handover.objects.get(withdrawn=False).signed == signed

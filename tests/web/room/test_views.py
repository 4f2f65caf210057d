"""The reading room's answers: what waits, the open report, cards, and who may see them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Decision, Pairing, Role
from shanhai.web.links import room_path

from .conftest import BRIEF, Stored
from .filling import HTMX

HOSTILE = (
    "<html><head><title>简报<script>alert(1)</script></title></head><body><h1>简报</h1>"
    "<p>投入资金3200万元，&lt;img src=x onerror=alert(2)&gt;培训86人。</p>"
    "<p>联系人电话：13812345678，身份证号110101199003074512。</p></body></html>"
)


def test_what_waits_is_listed_with_how_many_figures(signed_in, stored: Stored) -> None:
    held = stored()
    text = signed_in(Role.REVIEWER).get("/room/").content.decode()
    assert f'href="{held.path}"' in text
    assert "乙县2023年帮扶工作简报" in text
    assert "开始审核" in text


def test_an_empty_ledger_says_what_to_do_first(signed_in) -> None:
    text = signed_in(Role.REVIEWER).get("/room/").content.decode()
    assert "还没有报告" in text
    assert 'href="/sources/"' in text


def test_a_reviewed_ledger_says_that_nothing_waits(signed_in, stored: Stored) -> None:
    stored("没有数字的简报\n今年工作顺利。\n")
    assert "没有待审核的数字" in signed_in(Role.REVIEWER).get("/room/").content.decode()


def test_next_goes_round_the_reports_that_wait(signed_in, stored: Stored) -> None:
    first, second = stored(), stored(BRIEF.replace("3200", "3300"), "二.txt")
    client = signed_in(Role.REVIEWER)
    assert client.get("/room/next/").headers["Location"] == first.path
    assert client.get(f"/room/next/?after={first.sha256}").headers["Location"] == second.path
    assert client.get(f"/room/next/?after={second.sha256}").headers["Location"] == first.path
    assert client.get("/room/next/?after=nonsense").headers["Location"] == first.path


def test_a_statement_leads_to_its_place_in_its_report(signed_in, stored: Stored) -> None:
    held = stored()
    key = held.figure("86名").key
    answer = signed_in(Role.READER).get(f"/room/s/{key}/")
    assert answer.headers["Location"] == room_path(held.sha256, key)


def test_the_report_stands_beside_the_card_of_the_first_figure_that_waits(signed_in, stored: Stored) -> None:
    held = stored()
    text = signed_in(Role.REVIEWER).get(held.path).content.decode()
    for quote in held.quotes():
        assert f'id="s-{held.figure(quote).key}"' in text
    assert f'data-statement="{held.figure("3200万元").key}"' in text
    assert "已审 0 / 6" in text


def test_without_a_script_a_figure_is_chosen_by_the_address(signed_in, stored: Stored) -> None:
    held = stored()
    key = held.figure("310人").key
    text = signed_in(Role.READER).get(f"{held.path}?s={key}").content.decode()
    assert f'data-statement="{key}"' in text


def test_a_card_tells_value_bounds_names_and_definition_in_words(signed_in, stored: Stored) -> None:
    held = stored()
    client = signed_in(Role.READER)
    text = client.get(held.address("86名"), headers=HTMX).content.decode()
    for told in (
        "正好 86 名",
        "培训专业技术人才",
        "Specialists trained",
        "指标的定义",
        "还没有人对它作过决定",
    ):
        assert told in text
    assert "<html" not in text
    about = client.get(held.address("约450万元"), headers=HTMX).content.decode()
    assert "4,050,000（含）至 4,950,000 元（含）" in about


def test_why_tells_the_words_that_were_weighed(signed_in, stored: Stored) -> None:
    held = stored()
    text = signed_in(Role.READER).get(held.address("86名", "why"), headers=HTMX).content.decode()
    assert "培训" in text
    assert "比较过的" in text


def test_what_the_report_holds_is_text_and_never_markup(signed_in, stored: Stored) -> None:
    held = stored(HOSTILE, "页.html")
    client = signed_in(Role.REVIEWER)
    for address in (held.path, held.address("3200万元"), f"{held.path}received/"):
        text = client.get(address).content.decode()
        assert "<img src=x" not in text
        assert "alert(1)</script>" not in text


def test_private_numbers_are_masked_in_text_and_source(signed_in, stored: Stored) -> None:
    held = stored(HOSTILE, "页.html")
    client = signed_in(Role.READER)
    for address in (held.path, f"{held.path}received/"):
        text = client.get(address).content.decode()
        assert "13812345678" not in text
        assert "110101199003074512" not in text


def test_a_reader_sees_everything_and_can_decide_nothing(signed_in, stored: Stored) -> None:
    held = stored()
    client: Client = signed_in(Role.READER)
    page = client.get(held.path).content.decode()
    assert "/accept/" not in page
    assert "/undo/" not in page
    assert "/add/" not in page
    for what in ("accept", "reject", "correct", "split"):
        answer = client.post(held.address("86名", what), {"seen": held.seen("86名"), "reason": "试"})
        assert answer.status_code == 403
    for what in ("reject", "correct", "split"):
        assert client.get(held.address("86名", what)).status_code == 403
    for what in ("add/", "merge/", "undo/", "undo/1/"):
        assert client.post(f"{held.path}{what}", {}).status_code == 403
    assert len(held.quotes()) == 6


@pytest.mark.parametrize("role", [Role.READER, Role.REPORTER, Role.REVIEWER, Role.OFFICE, Role.ADMINISTRATOR])
def test_who_may_review_is_as_the_permissions_say(signed_in, stored: Stored, role: Role) -> None:
    held = stored()
    answer = signed_in(role).post(held.address("86名", "accept"), {"seen": held.seen("86名")}, headers=HTMX)
    assert answer.status_code == (403 if role in (Role.READER, Role.REPORTER) else 200)


def test_another_pairings_report_is_not_there(signed_in, stored: Stored, pairing: Pairing) -> None:
    held = stored()
    client = signed_in(Role.REVIEWER, pairing)
    address = held.address("86名")
    for path in (held.path, address, f"{address}why/", f"{held.path}history/", f"{held.path}received/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{address}accept/", {"seen": held.seen("86名")}).status_code == 404
    assert client.get(f"/room/s/{held.figure('86名').key}/").status_code == 404
    assert "简报" not in client.get("/room/").content.decode().partition("<main")[2].partition("</main")[0]


def test_a_reviewer_of_one_pairing_reads_but_does_not_decide_elsewhere_in_public(
    signed_in, stored: Stored, pairing: Pairing, settings
) -> None:
    settings.SHANHAI_PUBLIC = True
    held = stored()
    client = signed_in(Role.REVIEWER, pairing)
    assert "/accept/" not in client.get(held.path).content.decode()
    assert client.post(held.address("86名", "accept"), {"seen": held.seen("86名")}).status_code == 403


def test_no_account_sees_anything(client: Client, stored: Stored) -> None:
    held = stored()
    for path in ("/room/", held.path, held.address("86名"), f"{held.path}history/"):
        assert client.get(path).status_code == 302


def test_what_is_not_there_is_told(signed_in, stored: Stored) -> None:
    held, other = stored(), stored(BRIEF.replace("3200", "3300"), "二.txt")
    client = signed_in(Role.REVIEWER)
    assert client.get(f"/room/{'0' * 64}/").status_code == 404
    assert client.get(f"{held.path}{'0' * 32}/").status_code == 404
    assert client.get(f"{held.path}?s={'0' * 32}").status_code == 404
    assert client.get(f"{held.path}{other.figure('3300万元').key}/").status_code == 404


def test_english_readers_read_english(signed_in, stored: Stored) -> None:
    held = stored()
    text = signed_in(Role.REVIEWER, language="en").get(held.path).content.decode()
    for told in ("Accept", "As received", "To review", "0 of 6 reviewed"):
        assert told in text


def test_queries_do_not_grow_with_the_figures(signed_in, stored: Stored) -> None:
    small = stored()
    large = stored(
        BRIEF + "".join(f"第{n}季度培训{n + 20}人，到位资金{n + 30}万元。\n" for n in range(1, 60)), "大.txt"
    )
    client = signed_in(Role.REVIEWER)
    counted = []
    for held in (small, large):
        for path in (held.path, held.address("86名"), f"{held.path}history/", "/room/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path, headers=HTMX if path != held.path else {}).status_code == 200
            counted.append(len(asked))
    assert counted[:4] == counted[4:]
    assert max(counted) <= 22


def test_history_is_told_page_by_page(signed_in, stored: Stored) -> None:
    held = stored(BRIEF + "".join(f"第{n}季度培训{n + 20}人。\n" for n in range(1, 60)))
    reviewer = Actor.command_line("张")
    for quote in dict.fromkeys(held.quotes()):
        decide(held.row, Decision.ACCEPT, {held.figure(quote).key: None}, actor=reviewer)
    client = signed_in(Role.READER)
    first = client.get(f"{held.path}history/", headers=HTMX).content.decode()
    assert first.count('class="decision"') == 50
    assert "更早的" in first
    assert "撤销这项决定" not in first
    after = first.partition("?after=")[2].partition('"')[0]
    second = client.get(f"{held.path}history/?after={after}", headers=HTMX).content.decode()
    assert 0 < second.count('class="decision"') < 50
    assert client.get(f"{held.path}history/?after=x").status_code == 422

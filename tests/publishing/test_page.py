"""The results page as a file: what it holds, and that it is written as the reports are read."""

from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser

from shanhai.model import (
    Approx,
    Bounds,
    Claim,
    Damage,
    DamageKind,
    EncryptedInput,
    Kind,
    Report,
    Span,
    UnreadableInput,
)
from shanhai.publishing.page import write_page
from shanhai.publishing.page.escaping import RESERVED

from .building import briefs, claim, report
from .made_pages import an_ordinary_report, by_id, cards, page, parsed


def test_every_claim_stands_once_in_the_list_and_once_in_the_text_and_each_leads_to_the_other() -> None:
    brief, claims = an_ordinary_report()
    tree = parsed((brief, claims))
    assert (
        len(tree.css(".list > li")) == len(tree.css(".reading mark > a")) == len(cards(tree)) == len(claims)
    )
    for n, stated in enumerate(sorted(claims, key=lambda c: c.start), 1):
        mark, item = by_id(tree, f"brief/text-{n}"), by_id(tree, f"brief/claim-{n}")
        assert mark.attributes["href"] == f"#brief/claim-{n}"
        assert item.attributes["href"] == f"#brief/text-{n}"
        assert mark.text().replace("(wàn)", "") == shown_quote(brief, stated)
        assert item.css_first(".quote").text() == shown_quote(brief, stated)
        assert cards(tree)[n - 1]["q"] == stated.quote


def shown_quote(of: Report, stated: Claim) -> str:
    span = of.map.to_mended_span(stated.start, stated.end)
    return of.text[span.start : span.end]


def test_claims_are_coloured_by_area_and_by_kind_where_no_area_is_known() -> None:
    tree = parsed(an_ordinary_report())
    assert "area-funds" in (by_id(tree, "brief/text-2").parent.attributes["class"] or "")
    assert "kind-level minor" in (by_id(tree, "brief/text-5").parent.attributes["class"] or "")


def test_the_list_tells_the_value_as_written_the_value_normalised_and_what_it_commits_to() -> None:
    tree = parsed(an_ordinary_report())
    assert (
        by_id(tree, "brief/claim-2").css_first(".value").text()
        == "271,000,000 元 [270,500,000,\u2002271,500,000)"
    )
    assert by_id(tree, "brief/claim-3").css_first(".value").text() == "110 名 > 110"


def test_what_was_set_apart_stands_with_its_role_and_reason() -> None:
    tree = parsed(an_ordinary_report())
    apart = [node.text(separator=" ", strip=True) for node in tree.css(".apart")]
    assert apart == [
        "页面杂项 page furniture breadcrumb 首页 > 新闻",
        "植入的垃圾内容 injected spam foreign words 彩票 99倍",
    ]


def test_table_rows_become_one_table_with_its_head() -> None:
    tree = parsed(an_ordinary_report())
    assert [[cell.text() for cell in row.css("th, td")] for row in tree.css("table tr")] == [
        ["项目", "金额"],
        ["卫生院", "300万元"],
    ]
    assert [cell.attributes["scope"] for cell in tree.css("th")] == ["col", "col"]


def test_a_title_that_begins_the_text_is_shown_once_as_the_heading_with_its_claim() -> None:
    tree = parsed(an_ordinary_report())
    assert tree.css_first("section h2").text() == "引进企业59家"
    assert not tree.css(".text .title")


def test_lost_characters_are_shown_as_lost_in_text_list_and_card() -> None:
    brief = report("安排资金{??!}3万元，另有{\ufffd!}人。")
    tree = parsed((brief, [claim(brief, "??3万元", 30_000, unit="元")]))
    assert tree.css_first(".body").text() == "安排资金▢▢3万元，另有▢人。"
    assert "丢失" in (tree.css_first(".body .lost").attributes["title"] or "")
    assert tree.css_first(".list .quote").text() == "▢▢3万元"
    assert cards(tree)[0]["l"] == ["含缺失字符", "lost character"]
    assert tree.css_first("#totals .warn").text() == "2 处缺失 lost"


def test_a_figure_that_cannot_be_read_is_shown_as_unreadable() -> None:
    brief = report("安排资金3{?!}0万元。")
    figure = Damage(DamageKind.UNREADABLE_FIGURE, (Span(4, 9),), mended=False)
    tree = parsed((msgspec.structs.replace(brief, damage=(*brief.damage, figure)), []))
    assert tree.css_first(".body .unreadable").text() == "3▢0万元"
    assert "无法读出" in (tree.css_first(".body .unreadable").attributes["title"] or "")
    assert [node.text() for node in tree.css("#totals .warn")] == [
        "1 处缺失 lost",
        "1 个数读不出 unreadable figures",
    ]


def test_a_vague_figure_gets_no_value() -> None:
    brief = report("走访数十户。")
    tree = parsed((brief, [claim(brief, "数十户", None, bounds=Bounds(20, 99))]))
    assert tree.css_first(".list .value").text().startswith("无确数 no exact number")


def test_the_card_tells_what_the_text_does_not_say() -> None:
    brief = report("引进企业59家。")
    card = cards(parsed((brief, [claim(brief, "59家", 59, unit="家", place="昌都")])))[0]
    rows = {row[0]: row[1:] for row in card["r"]}
    assert rows["unsaid"] == ["所计、时间、主体", "measure, period, party"]
    assert rows["place"] == ["昌都"]
    assert rows["span"] == ["4–7"]


def test_the_card_shows_the_sentence_but_only_near_the_quote() -> None:
    long = report("前" * 300 + "9人" + "后" * 300)
    card = cards(parsed((long, [claim(long, "9人", 9)])))[0]
    assert card["b"] == "…" + "前" * 90
    assert card["a"] == "后" * 90 + "…"


def test_many_reports_are_listed_and_only_the_first_is_open() -> None:
    tree = parsed(*briefs(200))
    links = tree.css("#index a")
    assert [link.attributes["href"] for link in links] == [
        f"#{s.attributes['id']}" for s in tree.css(".report")
    ]
    assert len(links) == 200
    assert len(tree.css(".report.current")) == 1
    assert links[4].text(separator=" ", strip=True) == "简报之5 2 处数字 claims"


def test_reports_of_one_name_and_names_that_the_page_itself_uses_get_ids_of_their_own() -> None:
    names = ["a/年报.txt", "b/年报.html", "card.txt", 'x" onload="1.txt', "\udce9.txt", ""]
    tree = parsed(*[(report("正文", name=name), []) for name in names])
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert [s.attributes["id"] for s in tree.css(".report")] == [
        "年报",
        "年报-2",
        "card-2",
        "x__onload__1",
        "_",
        "report",
    ]


def test_the_page_uses_no_id_that_a_report_could_take() -> None:
    tree = parsed(*briefs(12), unreadable=[EncryptedInput("a.pdf", "locked", "unlock it")])
    own = {
        node.attributes["id"]
        for node in tree.css("[id]")
        if not (node.attributes["id"] or "").startswith("brief-")
    }
    assert own == RESERVED | {"help-title"}


def test_unreadable_inputs_are_told_with_reason_and_remedy() -> None:
    tree = parsed(unreadable=[EncryptedInput("年报.pdf", "protected by a password", "remove the password")])
    told = tree.css_first("#unreadable li").text(separator=" ", strip=True)
    assert told.split("  ") == ["年报.pdf", "protected by a password", "remove the password"]


def test_without_reports_the_page_says_so() -> None:
    tree = parsed()
    assert "没有读到报告。" in tree.css_first("main").text()
    assert not tree.css(".report, #index")


def test_without_claims_the_page_says_so() -> None:
    tree = parsed((report("没有数的正文。"), []))
    assert "这份报告里没有读出数字。" in tree.css_first("aside").text()
    assert tree.css_first("script.cards").text() == "[]"


def test_a_report_without_text_says_so() -> None:
    assert "这份报告没有文字。" in parsed((report(), [])).css_first(".text").text()


def test_telephone_and_identity_numbers_are_masked_but_figures_are_not() -> None:
    brief = report(
        "联系电话13812345678，身份证54010119900307123X，座机0895-4823456。",
        "总投资13812345678元，手机{１|1}{３|3}{９|9}{１|1}{２|2}{３|3}{４|4}{５|5}{６|6}{７|7}{８|8}。",
        author="张三 13912345678",
    )
    text = page((brief, [claim(brief, "13812345678元", 13_812_345_678, unit="元")]))
    assert "联系电话138********" in text
    assert "身份证540***************" in text
    assert "座机089*-*******" in text
    assert "张三 139********" in text
    assert "4５６７８" not in text
    assert "３４５" not in text
    assert LexborHTMLParser(text).css_first(".reading mark").text() == "13812345678元"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert (
        page(an_ordinary_report(), generated="x").encode()
        == page(an_ordinary_report(), generated="x").encode()
    )


def test_reports_are_written_as_they_are_read() -> None:
    taken: list[str] = []
    unreadable: list[UnreadableInput] = []

    def read() -> Iterator[tuple[Report, list[Claim]]]:
        for brief, claims in briefs(2):
            taken.append(brief.doc)
            yield brief, claims
        unreadable.append(EncryptedInput("late.pdf", "locked", "unlock it"))

    chunks = write_page(read(), unreadable=unreadable)
    head = ""
    while "第二段" not in head:
        head += next(chunks)
    assert taken == ["brief-0"]
    assert "late.pdf" in "".join(chunks)


def test_a_huge_report_costs_in_proportion_to_its_size() -> None:
    def size(count: int) -> int:
        return len(page(one_endless_sentence(count)))

    large = size(20_000)
    assert large < 2.1 * size(10_000)


def one_endless_sentence(count: int) -> tuple[Report, list[Claim]]:
    unit = "全年落实援助资金{２|2}7万元用于当地各项事业，" + "成效明显" * 10
    brief = report(unit * count)
    whole, step = len(brief.source_text), len(brief.source_text) // count
    assert whole > 50 * count
    first = claim(brief, "２7万元", 270_000, unit="元", area="funds")
    return brief, [
        Claim(
            doc=brief.doc, start=at, end=at + 4, quote=first.quote, value=270_000, unit="元", approx=Approx.EXACT,
            kind=Kind.LEVEL, bounds=first.bounds, sentence=Span(0, whole), digits=first.digits, area="funds",
        )
        for at in range(first.start, whole, step)
    ]  # fmt: skip

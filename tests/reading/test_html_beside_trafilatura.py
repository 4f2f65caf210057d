"""HTML beside an independent extractor: no number that it keeps is lost or broken here."""

import os
import re
import warnings
from collections import Counter

import pytest

from .extracting import page

REQUIRE_ALL = os.environ.get("SHANHAI_REQUIRE_ALL") == "1"


def news(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>东海援山纪实_山海新闻网</title>{head}</head><body>"
        "<div class=top><ul>"
        + "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(8))
        + f"</ul></div>{body}"
        "<div class=footer>版权所有 © 2024 备案号12345678</div></body></html>"
    )


SENTENCES = [
    "2023年，东海市援山工作队投入资金<span>2.</span><span>71</span>亿元，实施项目<b>53</b>个，完工率<i>98.5</i>%。",
    "工作队与<strong>52</strong>户<span style='font-size:16px'>400</span>余名群众结对，发放慰问金<em>12.6</em>万元。",
    "全年培训教师<font color=red>171</font>人、医生156人，开展手术<u>624</u>例，比上年增长20.5个百分点。",
    "消费帮扶销售额由2021年的<b>4650</b>万元增至<b>5570</b>万元，带动8000余户农户增收。",
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
ROWS = [("县", "项目数", "资金（万元）"), ("甲县", "12", "3400"), ("乙县", "41", "27100.5")]
TABLE = (
    "<table>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    + "</table>"
)
PAGES = {
    "paragraphs": news(f"<h1>东海援山纪实</h1>{PARAGRAPHS}"),
    "divisions": news("".join(f"<div>{s}</div>" for s in SENTENCES)),
    "breaks": news("<div class=content>" + "<br><br>".join(SENTENCES) + "</div>"),
    "article": news(f"<article><header><h1>东海援山纪实</h1></header>{PARAGRAPHS}</article>"),
    "main": news(f"<main><h2>一、投入</h2>{PARAGRAPHS}<h2>二、成效</h2>{PARAGRAPHS}</main>"),
    "table": news(f"<div>{PARAGRAPHS}{TABLE}</div>"),
    "laid out with tables": news(f"<table><tr><td>菜单</td><td>{PARAGRAPHS}</td></tr></table>"),
    "spans": news("".join(f"<p><span><span>{s}</span></span></p>" for s in SENTENCES)),
    "list": news("<ol>" + "".join(f"<li>{s}</li>" for s in SENTENCES) + "</ol>"),
    "form": news(f"<form id=aspnetForm><div class=article>{PARAGRAPHS}</div></form>"),
    "pictures": news(
        PARAGRAPHS
        + "<p style='text-align:center'><img src=a.jpg></p><p style='text-align:center'>义诊惠及1860人</p>"
    ),
    "quote": news(f"<blockquote>{SENTENCES[0]}</blockquote>{PARAGRAPHS}<section>{SENTENCES[1]}</section>"),
    "hidden spam": news(f"{PARAGRAPHS}<div style='display:none'><a href=1>彩票88</a></div>{PARAGRAPHS}"),
}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
TRUTH = NUMBER.findall(re.sub("<[^>]*>", "", PARAGRAPHS))


@pytest.mark.parametrize("name", PAGES)
def test_every_number_that_an_independent_extractor_keeps_is_kept_whole(name: str) -> None:
    # given a made page and what trafilatura takes out of it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import trafilatura
    except ImportError as e:
        if REQUIRE_ALL:
            raise
        pytest.skip(f"trafilatura cannot be imported: {e}")
    theirs = re.sub(r"\s", "", trafilatura.extract(PAGES[name], include_tables=True, deduplicate=False) or "")
    kept = Counter(number for number in TRUTH if number in theirs)
    # when we read the page
    ours = Counter(NUMBER.findall(page(PAGES[name]).text))
    # then none of the numbers that it keeps is missing from ours, or broken
    assert len(kept) >= len(set(TRUTH)) - 1
    assert not kept - ours


def test_twice_the_same() -> None:
    assert page(PAGES["table"]) == page(PAGES["table"])

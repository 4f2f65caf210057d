"""The results page shows the mended text, and the source can be read off it."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.model import DamageKind, Kind, Report, Role

from .building import claim, report
from .made_pages import parsed

PIECE = st.one_of(
    st.text("甲乙 <&\"'9", min_size=1, max_size=6),
    st.sampled_from(["{億|亿}", "{萬|万}{(wàn)|}", "{\u200b|}", "{?!}", "{２|2}", "{ab|}"]),
)


@settings(max_examples=150)
@given(paragraphs=st.lists(st.lists(PIECE, min_size=1, max_size=8), min_size=1, max_size=5), data=st.data())
def test_text_mended_and_text_as_in_the_source_can_both_be_read_off_the_page(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    brief = report(*["首" + "".join(p) + "尾" for p in paragraphs])
    last = len(brief.source_text)
    claims = []
    for start in sorted(data.draw(st.lists(st.integers(0, last - 1), max_size=6))):
        end = data.draw(st.integers(start, min(last, start + 7)))
        if "\n" not in brief.source_text[start:end]:
            quote = brief.source_text[start:end]
            nth = len([m for m in range(start) if brief.source_text.startswith(quote, m)]) + 1
            claims.append(claim(brief, quote, 9, nth=nth))
    tree = parsed((brief, claims))
    marks = [node.attributes["id"] for node in tree.css(".text mark > a")]
    assert sorted(marks) == sorted(f"brief/text-{n}" for n in range(1, len(claims) + 1))
    written = [node.html or "" for node in tree.css(".text .body")]
    assert [mended(text) for text in written] == brief_text_with_lost(brief)
    assert [unmended(text) for text in written] == brief.source_text.split("\n")


def mended(markup: str) -> str:
    return plain(re.sub(r"<del[^>]*>.*?</del>", "", markup))


def unmended(markup: str) -> str:
    was = re.sub(r'<(i|span)[^>]* data-was="([^"]*)">[^<]*</\1>', r"\2", markup)
    return re.sub(r"‹([0-9A-F]{4})›", lambda m: chr(int(m[1], 16)), plain(was))


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def brief_text_with_lost(brief: Report) -> list[str]:
    text = list(brief.text)
    for damage in brief.damage:
        for span in damage.spans if damage.kind is DamageKind.LOST_CHARACTER else ():
            text[brief.map.to_mended(span.start)] = "▢"
    return "".join(text).split("\n")


def test_claims_that_overlap_or_lie_nowhere_still_have_one_mark_each() -> None:
    brief = report("由120人增至150人", (Role.FURNITURE, "3页"), "末段")
    claims = [
        claim(brief, "120人增至150人", 150, from_value=120, kind=Kind.FROM_TO),
        claim(brief, "120人", 120),
        claim(brief, "20人增", 20),
        claim(brief, "150人", 150),
        claim(brief, "150人", 150),
        claim(brief, "\n", 0),
        claim(brief, "3页", 3),
    ]
    tree = parsed((brief, claims))
    assert (
        len(tree.css(".text mark > a")) == len({n.attributes["id"] for n in tree.css(".text mark > a")}) == 7
    )
    assert tree.css_first(".body").text() == "由120人增至150人"

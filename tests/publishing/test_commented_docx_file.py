"""The Word file around its comments: parts, ids, dates, the summary, charsets; and files that are refused."""

import datetime
import io
from typing import Any

import docx
import pytest

from shanhai.model import (
    BrokenInput,
    EncryptedInput,
    InvariantBroken,
    TooLarge,
    UnknownFormat,
    UnreadableInput,
)
from shanhai.publishing.commented_docx import Note, comment_at
from shanhai.reading.extracted import Limits

from .word_drafts import (
    SUMMARY,
    W,
    commented,
    comments_of,
    draft,
    marked,
    parts,
    restored,
    run,
    saved,
    source_text,
    with_parts,
)

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def test_existing_comments_stay_and_ids_go_on() -> None:
    # given
    document = docx.Document()
    paragraph = document.add_paragraph()
    first = paragraph.add_run("建校35个")
    paragraph.add_run("，修路8公里。")
    document.add_comment([first], text="请核实", author="审稿人", initials="审")
    data = saved(document)
    # when
    made = commented(data, "35个", "8公里")
    # then
    assert [(c.comment_id, c.author, c.initials) for c in comments_of(made)] == [
        (0, "审稿人", "审"),
        (1, "山海 Shanhai", "SH"),
        (2, "山海 Shanhai", "SH"),
    ]
    assert [c.text for c in comments_of(made)] == ["请核实", "关于35个\n怎样处理", "关于8公里\n怎样处理"]
    assert marked(made) == {0: "建校35个", 1: "35个", 2: "8公里"}
    assert restored(made, 1) == restored(data, 1)
    changed = {name for name, content in parts(made).items() if content != parts(data)[name]}
    assert changed == {"word/document.xml", "word/comments.xml"}


def test_only_what_must_change_does_and_the_bytes_are_the_same_twice() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("建校35个。")
    data = saved(document)
    made = commented(data, "35个", summary=SUMMARY)
    assert made == commented(data, "35个", summary=SUMMARY)
    before, after = parts(data), parts(made)
    assert list(after) == [*before, "word/comments.xml"]
    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }


def test_the_date_is_what_is_passed_in_or_none() -> None:
    data = draft(f"<w:p>{run('35个')}</w:p>")
    day = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.UTC)
    assert comments_of(commented(data, "35个"))[0].timestamp is None
    assert comments_of(commented(data, "35个", date=day))[0].timestamp == day


def test_the_summary_stands_last_before_the_sections_settings_and_is_no_heading() -> None:
    # given
    data = draft(f"<w:p>{run('35个')}</w:p>")
    # when
    made = commented(data, "35个", summary=SUMMARY)
    # then
    document = docx.Document(io.BytesIO(made))
    body = document.element.body
    assert body[-1].tag.endswith("}sectPr")
    assert [p.text for p in document.paragraphs] == ["35个", "核对结果", "共3个数。", ""]
    assert [[cell.text for cell in row.cells] for row in document.tables[-1].rows] == [
        ["原文", "结论"],
        ["35个\n第二行", "不符"],
    ]
    added = body.xpath("./w:p[w:pPr/w:pageBreakBefore]/following-sibling::*/descendant-or-self::*")
    assert not [e for e in added if e.tag.rpartition("}")[2] in ("pStyle", "rStyle", "tblStyle")]
    assert parts(made)["word/styles.xml"] == parts(data)["word/styles.xml"]


def test_a_document_without_section_settings_and_without_relations() -> None:
    space = 'xmlns:v="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = with_parts(
        saved(docx.Document()),
        {
            "word/document.xml": f"<v:document {space}><v:body><v:p><v:r><v:t>建校35个</v:t></v:r></v:p>"
            "</v:body></v:document>".encode(),
            "word/_rels/document.xml.rels": None,
        },
    )
    made = commented(data, "35个", summary=SUMMARY)
    assert list(marked(made).values()) == ["35个"]
    assert restored(made, summary=True) == restored(data)
    assert comments_of(made)[0].text.startswith("关于35个")


def test_a_strict_document_gets_strict_comments() -> None:
    data = draft(f"<w:p>{run('建校35个')}</w:p>")
    strict, usual = b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()
    data = with_parts(data, {"word/document.xml": parts(data)["word/document.xml"].replace(usual, strict)})
    made = parts(commented(data, "35个", summary=SUMMARY))
    assert strict in made["word/comments.xml"]
    assert usual not in made["word/comments.xml"] + made["word/document.xml"]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in made["word/_rels/document.xml.rels"]
    )


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1"])
def test_other_charsets(charset: str) -> None:
    data = draft(f"<w:p>{run('about 35%')}</w:p>")
    text = parts(data)["word/document.xml"].decode().partition("?>")[2]
    written = f'<?xml version="1.0" encoding="{charset}"?>{text}'.encode(charset)
    made = commented(with_parts(data, {"word/document.xml": written}), "35%", summary=SUMMARY)
    assert list(marked(made).values()) == ["35%"]
    assert restored(made, summary=True) == restored(data)
    assert "共3个数。" in source_text(made)


def test_text_that_xml_cannot_hold_is_shown_as_lost() -> None:
    data = draft(f"<w:p>{run('35个')}</w:p>")
    made = comment_at(data, [Note(0, 3, ("a\x00b\ud800<&>",))])
    assert comments_of(made)[0].text == "a\ufffdb\ufffd<&>"


REFUSED = {
    "broken": (lambda data: data[:200] + data[400:], BrokenInput),
    "cut short": (lambda data: data[: len(data) // 2], BrokenInput),
    "no Word document": (lambda _: "建校35个".encode(), UnknownFormat),
    "an old Office file": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnreadableInput),
    "locked": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        EncryptedInput,
    ),
    "with an entity": (
        lambda data: with_parts(
            data,
            {"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + parts(data)["word/document.xml"][55:]},
        ),
        BrokenInput,
    ),
    "broken comments": (
        lambda data: with_parts(commented(data, "35个"), {"word/comments.xml": b"<w:comments>"}),
        BrokenInput,
    ),
    "without content types": (lambda data: with_parts(data, {"[Content_Types].xml": None}), BrokenInput),
}


@pytest.mark.parametrize(("spoil", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused(spoil: Any, error: type[UnreadableInput]) -> None:
    data = draft(f"<w:p>{run('建校35个')}</w:p>")
    with pytest.raises(error, match=r"稿\.docx"):
        comment_at(spoil(data), [Note(2, 5, ("注",))], name="稿.docx")


def test_limits_are_kept() -> None:
    data = draft(f"<w:p>{run('建校35个')}</w:p>")
    with pytest.raises(TooLarge):
        comment_at(data, [], limits=Limits(unpacked_bytes=1_000))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 99), (5, 6)])
def test_characters_that_are_not_there_are_refused(start: int, end: int) -> None:
    data = draft(f"<w:p>{run('建校35个')}</w:p>", f"<w:p>{run('后')}</w:p>")
    with pytest.raises(InvariantBroken, match=f"{start}–{end}"):
        comment_at(data, [Note(start, end, ("注",))])

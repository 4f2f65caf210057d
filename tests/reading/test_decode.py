"""Decoding: the right charset from marks, declarations and the bytes themselves; nothing is ever dropped."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.reading.decode import charset, decode, is_text
from shanhai.reading.plausibility import plausibility

SIMPLIFIED = (
    "2023年，山南市援藏工作队共实施项目35个，完成投资2.71亿元，惠及农牧民12345人次。",
    "组织136名医生赴安多县开展义诊，诊治患者２４００余人，同比增长15.8%。",
    "“十四五”期间，计划内资金8.5亿元、计划外资金3200万元全部到位；带动就业岗位1200个。",
)
TRADITIONAL = (
    "截至2023年底，援藏專技幹部累計培訓當地教師1200人次，實施項目35個。",
    "完成投資2.71億元，惠及農牧民12345人，較去年增長百分之十五。",
    "國家機關、學校與醫院開展對口支援，為當地發展注入新動力。",
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
simplified = st.lists(st.sampled_from(SIMPLIFIED), min_size=1, max_size=6).map("\n".join)
traditional = st.lists(st.sampled_from(TRADITIONAL), min_size=1, max_size=6).map("\n".join)
declared_names = st.sampled_from(
    ["", "utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "windows-1252", "no-such"]
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
@given(text=ANY_TEXT.filter(lambda text: not text.startswith("\0")))
def test_a_mark_decides_whatever_is_declared(mark: bytes, encoding: str, text: str) -> None:
    decoded = decode(mark + text.encode(encoding), "gb2312")
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.wrong_charset == (encoding != "gb18030")


@given(text=ANY_TEXT.filter(lambda text: "\0" not in text))
def test_utf_8_without_mark_or_declaration_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
@given(text=simplified, declared=declared_names)
def test_simplified_chinese_is_read_whatever_is_declared(encoding: str, text: str, declared: str) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert decoded.text == text
    assert decoded.wrong_charset == (charset(declared) not in ("", charset(encoding)))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"])
@given(text=traditional, declared=declared_names)
def test_traditional_chinese_is_read_whatever_is_declared(encoding: str, text: str, declared: str) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert decoded.text == text
    assert decoded.wrong_charset == (charset(declared) not in ("", charset(encoding)))


@given(text=simplified, bad=st.sampled_from([b"\xff", b"\x80", b"\xff\xff"]), at=st.integers(0, 400))
def test_bytes_that_gb18030_does_not_know_become_lost_characters_and_the_rest_is_kept(
    text: str, bad: bytes, at: int
) -> None:
    before, after = text[: at % len(text)], text[at % len(text) :]
    decoded = decode(before.encode("gb18030") + bad + after.encode("gb18030"), "gb2312")
    assert decoded.text == before + "\ufffd" * len(bad) + after


@given(text=simplified, at=st.integers(0, 400))
def test_a_byte_lost_from_utf_8_costs_its_character_only(text: str, at: int) -> None:
    hit = next(n for n in range(at % len(text), -len(text), -1) if len(text[n].encode()) == 3) % len(text)
    decoded = decode(text[:hit].encode() + text[hit].encode()[:2] + text[hit + 1 :].encode())
    assert (decoded.text, decoded.encoding) == (f"{text[:hit]}\ufffd{text[hit + 1 :]}", "utf-8")


@given(data=st.binary(max_size=300), declared=declared_names)
def test_any_bytes_at_all_give_a_text(data: bytes, declared: str) -> None:
    decode(data, declared).text.encode()


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_western_declarations_are_believed_of_western_texts_only(declared: str) -> None:
    french = "Été à la plage, où l'on était déjà bien allé"
    western = decode(french.encode("latin-1"), declared)
    chinese = decode(SIMPLIFIED[0].encode("gbk"), declared)
    assert (western.text, western.encoding, western.wrong_charset) == (french, "cp1252", False)
    assert (chinese.text, chinese.encoding, chinese.wrong_charset) == (SIMPLIFIED[0], "gb18030", True)


def test_other_charsets_are_left_to_the_declaration() -> None:
    japanese = "これは日本語のテキストです。とても長い文章です。"
    assert decode(japanese.encode("shift_jis"), "Shift_JIS").text == japanese


def test_plain_ascii_never_counts_as_wrongly_declared() -> None:
    assert decode(b"35 projects", "gb2312") == decode(b"35 projects", "utf-8")
    assert not decode(b"35 projects", "big5").wrong_charset


def test_line_ends_and_white_space_stay_as_they_are() -> None:
    assert decode("一\r\n\r二\u3000\n".encode()).text == "一\r\n\r二\u3000\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GB2312", "gb18030"),
        ("gb_2312-80", "gb18030"),
        (" 'x-gbk'; ", "gb18030"),
        ("cp936", "gb18030"),
        ("Big5-HKSCS", "big5hkscs"),
        ("x-x-big5", "big5hkscs"),
        ("UTF8", "utf-8"),
        ("latin1", "cp1252"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_declared_names_that_are_understood(name: str, expected: str) -> None:
    assert charset(name) == expected


@pytest.mark.parametrize(
    "name",
    ["", "none", "base64", "zlib", "rot13", "unicode_escape", "utf-7", "idna", "a\0b", "中文", "x" * 9999],
)
def test_declared_names_that_are_passed_over(name: str) -> None:
    assert charset(name) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
def test_writing_is_told_from_binary_data(encoding: str) -> None:
    assert is_text(SIMPLIFIED[0].encode(encoding))
    assert not is_text(bytes(range(256)) * 8)


def test_misread_chinese_is_less_plausible_than_the_right_reading() -> None:
    for text in SIMPLIFIED:
        assert (
            plausibility(text) > 0.5 > 0.2 > plausibility(text.encode("gbk").decode("big5hkscs", "replace"))
        )
    for text in TRADITIONAL:
        assert plausibility(text) > 0.5 > 0.2 > plausibility(text.encode("big5").decode("gb18030", "replace"))

"""Evidence files and claim files: what comes back, and what is refused as a whole with the line that is at fault."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from shanhai.claims.contract import as_line
from shanhai.claims.find import find_claims
from shanhai.model import BrokenInput, EmptyInput
from shanhai.reading.read import read
from shanhai.reasoning.claim_file import read_claims
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.evidence_file import is_evidence, read_evidence, write_evidence

Record = dict[str, Any]
TEXTS = {
    "2021年简报": "发布时间：2021年12月30日 来源：县人民政府办公室\n2021年，工作队引进企(qǐ)业59家，近200名教师到岗。\n",
    "2022年简报": "2022年全年，工作隊累計培訓1.6萬人次，巩固率由85%提高到97.25%。\n",
    "没有数字": "工作队在村里。\n",
}


def made() -> tuple[Evidence, ...]:
    reports = [read(text.encode(), name=f"earlier/{name}.txt") for name, text in TEXTS.items()]
    return tuple(Evidence(report.doc, tuple(find_claims(report)), report) for report in reports)


def written(given: tuple[Evidence, ...] | None = None) -> bytes:
    return b"".join(write_evidence(made() if given is None else given))


def sealed(*lines: bytes) -> bytes:
    """Lines with an end that fits them, as someone would write it who knows the format."""
    body = b"".join(line + b"\n" for line in lines)
    claims = sum(line.count(b'"quote"') for line in lines)
    end = {"reports": len(lines) - 1, "claims": claims, "sha256": sha256(body).hexdigest()}
    return body + json.dumps(end).encode() + b"\n"


def changed(change: Callable[[Record], None]) -> bytes:
    """A sealed file whose second line was changed."""
    head, first, second, *_ = written().splitlines()
    record = json.loads(first)
    change(record)
    return sealed(head, json.dumps(record, ensure_ascii=False).encode(), second)


def refused(data: bytes) -> str:
    with pytest.raises(BrokenInput) as found:
        read_evidence(data, name="earlier.evidence")
    told = str(found.value)
    assert told.startswith("earlier.evidence: ")
    assert told.endswith("; write it anew from the reports: shanhai claims PATH… --format evidence")
    return told


def test_what_was_written_comes_back() -> None:
    given = made()

    back = read_evidence(written(given), name="earlier.evidence")

    assert back == given
    assert [e.doc for e in back] == list(TEXTS)
    assert str(back[0].date) == "2021-12-30"
    claim = back[0].claims[0]
    assert claim.quote == "59家"
    assert "引进企业59家" in back[0].sentence_of(claim)


def test_two_writings_are_the_same_bytes() -> None:
    assert written() == written()


def test_a_file_without_reports_is_one() -> None:
    assert read_evidence(written(()), name="a") == ()


def test_it_is_known_by_its_beginning() -> None:
    assert is_evidence(written()[:64])
    assert not is_evidence(b'{"doc":"a"}')


def test_a_file_that_was_cut_off_anywhere_is_refused() -> None:
    data = written()

    for at in range(30, len(data), 997):
        refused(data[:at])
    assert "cut off: line 4 is not the last" in refused(b"\n".join(data.splitlines()[:4]) + b"\n")
    assert "cut off" in refused(data[:-1])


def test_every_changed_character_is_noticed() -> None:
    data = written()

    assert "it was changed after it was written" in refused(data.replace("到岗".encode(), "离岗".encode()))
    assert "line 2:" in refused(data.replace('"59家"'.encode(), '"58家"'.encode(), 1))
    refused(data.replace(b"\n", b"\r\n"))
    refused(data + data)


@pytest.mark.parametrize(("version", "age"), [(0, "an older"), (2, "a newer")])
def test_another_version_is_named(version: int, age: str) -> None:
    told = refused(written().replace(b'"version":1', f'"version":{version}'.encode(), 1))

    assert f"line 1: an evidence file of version {version}, written by {age} Shanhai" in told
    assert "this one reads version 1" in told


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\xff\xfe\x00", b"[]", b'{"shanhai":"claims","version":1}\n', b"[" * 99_999]
)
def test_what_is_no_evidence_file_is_refused(data: bytes) -> None:
    assert "line 1: it does not begin as an evidence file does" in refused(data)


def _set(*path: object, to: object) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        found = record
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("claims", 0, "digits", to="58"), "'59家' does not hold the numerals '58'"),
        (_set("claims", 0, "end", to=999), "the quote has 3 characters"),
        (_set("claims", 0, "doc", to="other"), "it names the report 'other', not '2021年简报'"),
        (_set("report", "source_text", to="短"), "does not fit the text"),
        (_set("report", "map", "anchors", to=[1, 2, 3]), "does not fit the text"),
        (_set("claims", 0, "value", to="NaN"), "not finite"),
        (_set("claims", 0, "value", to="1e999999"), "too many digits"),
        (_set("claims", 0, "period", to="soon"), "'soon' is no period"),
        (_set("claims", to=5), "Expected `array`, got `int`"),
        (_set("claims", 1, "kind", to="much"), "Invalid enum value 'much' - at `$.claims[1].kind`"),
    ],
)
def test_a_wrong_record_is_refused_even_where_the_seal_fits(
    change: Callable[[Record], None], told: str
) -> None:
    found = refused(changed(change))
    assert "line 2: " in found
    assert told in found


def test_a_quote_that_does_not_stand_in_the_text_is_refused() -> None:
    def move(record: Record) -> None:
        text = record["report"]["source_text"]
        record["report"]["source_text"] = text.replace("59家", "95家")

    assert "'59家' does not stand there in the source text" in refused(changed(move))


def test_counts_that_do_not_fit_are_refused() -> None:
    *lines, end = written().splitlines()
    false = json.loads(end) | {"claims": 99}

    assert "counts 3 with 99 claims" in refused(b"\n".join([*lines, json.dumps(false).encode()]) + b"\n")


def lines_of(given: tuple[Evidence, ...]) -> bytes:
    return b"".join(as_line(claim) + b"\n" for e in given for claim in e.claims)


def test_a_claim_file_gives_the_claims_of_each_report() -> None:
    given = made()

    back = read_claims(lines_of(given), name="claims.jsonl")

    assert [e.doc for e in back] == ["2021年简报", "2022年简报"]
    assert [e.claims for e in back] == [e.claims for e in given[:2]]
    assert all(e.report is None and e.date is None for e in back)


def test_lines_in_another_order_and_blank_ones_make_no_difference() -> None:
    lines = lines_of(made()).splitlines()

    shuffled = b"\xef\xbb\xbf" + b"\r\n\n".join([*lines[2:], *reversed(lines[:2])])

    back = {e.doc: e for e in read_claims(shuffled, name="claims.jsonl")}
    assert back == {e.doc: e for e in read_claims(lines_of(made()), name="claims.jsonl")}


def test_all_wrong_lines_are_counted_and_the_first_are_named() -> None:
    first, *rest = lines_of(made()).splitlines()
    bad = [b"{}", b"not JSON", first.replace(b'"value":59', b'"value":NaN'), b'{"doc":1}']

    with pytest.raises(BrokenInput) as found:
        read_claims(b"\n".join([first, *bad, *rest]), name="claims.jsonl")

    told = str(found.value)
    assert told.startswith(
        "claims.jsonl: no claims of version 1: line 2: Object missing required field `doc`; line 3: "
    )
    assert "line 4: " in told
    assert "(and 1 line more); write it anew from the reports: shanhai claims PATH… --format jsonl" in told


def test_the_same_claim_twice_is_refused_with_both_lines() -> None:
    lines = lines_of(made()).splitlines()

    with pytest.raises(
        BrokenInput, match=r"line 3: the claim at .* stands in line 1 too; if there are two reports"
    ):
        read_claims(b"\n".join([*lines[:2], lines[0]]), name="claims.jsonl")


def test_a_claim_file_without_a_claim_is_said_to_be_empty() -> None:
    with pytest.raises(EmptyInput, match="it holds no claims"):
        read_claims(b"\n \n", name="claims.jsonl")

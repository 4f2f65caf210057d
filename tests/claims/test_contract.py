"""The JSON contract read back: every claim survives, and what is not a claim of it is refused with the reason."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from shanhai.claims.contract import as_line, from_line
from shanhai.claims.find import find_claims
from shanhai.model import Claim
from shanhai.reading.read import read

TEXT = (
    "2023年，第九批援藏工作队累计到位资金2.7135亿元，其中近5000万元用于教育。\n"
    "巩固率由85.5%提高到97.25%，采购农产品3000—5000元，数十名医生参加，气温下降0.5摄氏度。\n"
    "预计明年投产企业十余家。本季度超2萬(wàn)人次受益。"
)


def claims_of(text: str) -> list[Claim]:
    return find_claims(read(text.encode(), name="简报.txt"))


def line(**changed: Any) -> bytes:
    (claim,) = claims_of("2023年引进企业59家。")
    told = json.loads(as_line(claim)) | changed
    return json.dumps({key: value for key, value in told.items() if value is not ...}).encode()


def test_every_claim_comes_back_as_it_was() -> None:
    claims = claims_of(TEXT)

    back = [from_line(as_line(claim)) for claim in claims]

    assert len(claims) == 8
    assert back == claims


def test_numbers_come_back_exact() -> None:
    found = from_line(line(value=0, low=0).replace(b'"low": 0', b'"low": 0.1000000000000000000000000001'))

    assert found.bounds.low == Decimal("0.1000000000000000000000000001")


def test_a_whole_number_written_otherwise_is_an_integer() -> None:
    found = from_line(line().replace(b'"value": 59', b'"value": 5.90e1'))

    assert found.value == 59
    assert type(found.value) is int


def test_numerals_of_something_else_inside_a_quote_are_taken_with_it() -> None:
    """The contract does not tell them apart, so the claim that comes back skips nothing."""
    claims = claims_of("全年实施援建项目等9\n\n- 12 -\n\n个项目。")

    back = [from_line(as_line(claim)) for claim in claims]

    assert all(claim.skipped == () for claim in back)
    assert [(c.quote, c.value) for c in back] == [(c.quote, c.value) for c in claims]


def test_a_key_that_a_newer_version_adds_is_passed_over() -> None:
    assert from_line(line(mood="glad")) == from_line(line())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"", "truncated"),
        (b"[]", "Expected `object`"),
        (b"\xff\xfe", "malformed"),
        (b'{"doc": "a"}', "missing required field `start`"),
        (line(definition=...), "missing required field `definition`"),
        (line(definition={"counted": "人"}), "missing required field `stage`"),
        (line().replace(b'"value": 59', b'"value": NaN'), "malformed"),
        (line(value="NaN"), "not finite"),
        (line(high="Infinity"), "not finite"),
        (line().replace(b'"value": 59', b'"value": 1e999999999'), "too many digits"),
        (line().replace(b'"value": 59', b'"value": 0.' + b"1" * 29), "too many digits"),
        (line(value=True), "got `bool`"),
        (line(start=-1), "the quote has 3 characters"),
        (line(start=-3, end=0), "does not lie in its sentence"),
        (line(start=7.5), "got `float`"),
        (line(end=99), "the quote has 3 characters"),
        (line(sentence=[9, 2]), "does not lie in its sentence"),
        (line(repeats=[5, 5]), "no stretch of a text"),
        (line(low=60, high=59), "the lower bound 60 lies above the upper bound 59"),
        (line(kind="from_to"), "no start value"),
        (line(kind="much"), "Invalid enum value 'much'"),
        (line(closed="left"), "Invalid enum value 'left'"),
        (line(status=None), "got `null`"),
        (line(period="last year"), "'last year' is no period"),
        (b'{"other":' + b"[" * 100_000, "maximum recursion depth"),
    ],
)
def test_what_is_no_claim_is_refused_with_the_reason(given: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        from_line(given)

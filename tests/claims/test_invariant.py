"""Planted quantities are found again, exactly in place, under every kind of damage."""

import random
import re
from decimal import Decimal
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import find_claims, find_quantities, read
from shanhai.model import numerals

PHRASES = [
    ("33名", 33), ("2.71亿元", 271_000_000), ("近5亿元", 500_000_000), ("1.6万人", 16_000), ("20多万册", 200_000),
    ("4200余万元", 42_000_000), ("98.7%", Decimal("98.7")), ("两所", 2), ("三百余名", 300), ("15832头", 15_832),
    ("超8000万元", 80_000_000), ("12.5万亩", 125_000), ("48个", 48), ("3800人次", 3800), ("187户", 187),
]  # fmt: skip
FRAMES = [
    "工作队在当地共落实{}，",
    "累计完成{}，",
    "为群众办实事{}，",
    "组织开展活动{}，",
    "援助方面先后投入{}，",
]
GLOSSES = ["(wǎng)", "（tuán）", "(xué)", "（ɡōnɡ）", "(lǜ)"]
FULL = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
TO_TRADITIONAL = opencc.OpenCC("s2t")


def _damaged(text: str, kinds: set[str], dice: random.Random) -> str:
    if "traditional" in kinds:
        text = TO_TRADITIONAL.convert(text)
    if "full width" in kinds:
        text = text.translate(FULL)
    if "gloss" in kinds:
        text = "".join(
            c + (dice.choice(GLOSSES) if "一" <= c <= "鿿" and dice.random() < 0.3 else "") for c in text
        )
    if "decimal sign" in kinds:
        text = re.sub(r"(?<=[0-9０-９])[.．](?=[0-9０-９])", "·", text)
    if "page break" in kinds:
        text = re.sub(r"(?<=[0-9０-９])(?=[一-鿿])", "\n\n", text, count=1)
    if "invisible" in kinds:
        text = "".join(c + ("\u200b" if dice.random() < 0.2 else "") for c in text)
    if "space" in kinds:
        text = "".join(
            c + (" " if c.isdigit() and i + 1 < len(text) and "一" <= text[i + 1] <= "鿿" else "")
            for i, c in enumerate(text)
        )
    return text


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(FRAMES), st.sampled_from(PHRASES)), min_size=1, max_size=6),
    st.sets(
        st.sampled_from(
            ["traditional", "full width", "gloss", "invisible", "space", "decimal sign", "page break"]
        )
    ),
    st.integers(0, 2**32),
)
def test_planted_quantities_are_found_in_place(
    planted: list[tuple[str, tuple[str, int]]], kinds: set[str], seed: int
) -> None:
    dice = random.Random(seed)
    text, places = "", []
    for frame, (phrase, value) in planted:
        before, after = frame.split("{}")
        text += _damaged(before, kinds, dice)
        body = _damaged(phrase, kinds, dice)
        places.append((len(text), len(text) + len(body), value))
        text += body + _damaged(after, kinds, dice)

    found = find_quantities(text)

    assert [q.value for q in found] == [value for _, _, value in places]
    for quantity, (start, end, _) in zip(found, places, strict=True):
        assert quantity.quote == text[quantity.start : quantity.end]
        assert start <= quantity.start < quantity.end <= end
        assert numerals(quantity.quote) == quantity.digits
        assert numerals(text[start:end]) == quantity.digits


@settings(max_examples=300)
@given(
    st.text(
        alphabet="0123456789.,%％·—-~万亿千百十一二三两半几数余多近超约个名元人次年月日第“”（）()增至从由到分之成倍点号 \n?\ufffd米a",
        max_size=60,
    )
)
def test_any_text_gives_quotes_that_hold_their_digits(text: str) -> None:
    for quantity in find_quantities(text):
        assert quantity.quote == text[quantity.start : quantity.end]
        assert (
            quantity.bounds.low is None
            or quantity.bounds.high is None
            or quantity.bounds.low <= quantity.bounds.high
        )


def test_the_seeds_hold_the_invariant(seeds: list[Path]) -> None:
    for seed in seeds:
        text = seed.read_text("utf-8")
        found = find_quantities(text)
        assert found
        for quantity in found:
            assert quantity.quote == text[quantity.start : quantity.end]


@pytest.mark.parametrize(
    "text",
    ["一" * 100_000, "1" * 100_000, "（" * 1000 + "5个" + "）" * 1000, "1,234" * 20_000, "近" * 50_000, "三分之" * 20_000,
     "从5个增加到" * 20_000, "“" * 50_000, "万" * 50_000, "1-" * 50_000, "1.1" * 30_000, "1 " * 50_000, "?" * 50_000],
)  # fmt: skip
def test_no_pattern_explodes(text: str) -> None:
    find_quantities(text)


@pytest.mark.parametrize(
    "text",
    ["工作队投入资金3.2亿元、引进企业59家，其中，" * 4000, "分别" * 40_000, "1个、" * 40_000, "（" * 1000 + "5个" + "）" * 1000,
     "The team spent 5 million dollars. " * 5000, "7" * 200_000, "重庆市第九批" * 20_000, "2023年" * 30_000, "《" * 50_000],
)  # fmt: skip
def test_a_sentence_without_end_becomes_claims(text: str) -> None:
    report = read(text.encode(), name="long.txt")
    for claim in find_claims(report)[:50]:
        assert claim.quote == text[claim.start : claim.end]

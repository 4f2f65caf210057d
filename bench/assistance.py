"""A programme's reports, made: many pairs of sender and receiver over ten years, the same in every run.

Each pair tells the figures of ``assistance.txt`` half-yearly; they grow from year to year at their own rate. Some
reports are copies of another publisher's, some years are told twice with the same figures. Reports have about 3,000
characters and 60 claims.
"""

import re
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random

from bench.corpus import Text
from shanhai.catalogue.places import PlaceLevel, load_gazetteer

FIRST_YEAR, LAST_YEAR = 2016, 2025
SEED = 4
"""Of all figures; another seed makes another programme."""
OTHER = 8
"""One sentence in so many of the draft has other figures."""
COPIES = 20
"""One report in so many is a copy of the one before it."""

_SLOT = re.compile(r"\{([\d.]+)-([\d.]+)\}")
_NUMERALS = (*"一二三四五六七八九十", "十一")
_RECEIVING, _SENDING = ("54", "65"), ("31", "32", "33", "37", "44")
"""The codes of the provinces that receive and send."""


def reports(number: int) -> list[Text]:
    """So many reports, year by year; the pairs are as many as it takes."""
    pairs = max(1, -(-number // (2 * (LAST_YEAR - FIRST_YEAR + 1))))
    found: list[Text] = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for half in (6, 12):
            for pair in range(pairs):
                at = len(found)
                if at and at % COPIES == 0:
                    found.append(_copied(found[-1], at))
                else:
                    found.append(Text(f"{at:04}-{year}-{half:02}.txt", _report(pair, year, half)))
    return found[:number]


def draft(characters: int = 3_000) -> Text:
    """A review of the last year by the first pair, cut to so many characters at a paragraph.

    It tells in its own order what the reports of that year tell; some of its figures are others.
    """
    text = _report(0, LAST_YEAR, 12, new=True)
    return Text("draft.txt", text[: text.rfind("\n", 0, characters) + 1])


def _report(pair: int, year: int, half: int, new: bool = False) -> str:
    county, sender, domain = _pairs()[pair % len(_pairs())]
    batch = _NUMERALS[(year - 1995) // 3]
    team = f"{sender}第{batch}批援{domain}工作队"
    told = "上半年" if half == 6 else "全年"
    month, day = (7, 3 + pair % 20) if half == 6 else (12, 5 + pair % 20)
    lines = [
        f"{team}{year}年{told}对口支援{county}工作简报",
        f"发布时间：{year}年{month}月{day}日  来源：{county}人民政府办公室",
        f"{year}年{told}，{team}在{county}党委、政府领导下推进各项任务，现将情况报告如下。",
    ]
    sentences = _sentences()
    order = Random(f"{SEED} {pair} {year} {half} {new}")
    chosen = sorted(order.sample(range(len(sentences)), len(sentences) * 5 // 6))
    prose = order.choices(_prose(), k=len(chosen) + 8)
    for n, line in enumerate(chosen):
        filled = _filled(sentences[line], pair, line, year + (new and n % OTHER == 0), half)
        opening = f"{year}年，{team}在{county}" if n % 3 == 0 else ""
        lines.append(f"{opening}{filled}{prose[n]}")
    lines.append("".join(prose[len(chosen) :]))
    return "\n".join(lines) + "\n"


def _filled(sentence: str, pair: int, line: int, year: int, half: int) -> str:
    """The sentence with its figures: a base a pair, grown year by year; a half-year has half of what is counted."""
    slots = count()

    def figure(slot: re.Match[str]) -> str:
        drawn = Random(f"{SEED} {pair} {line} {next(slots)}")
        low, high = float(slot[1]), float(slot[2])
        places = len(slot[1].partition(".")[2])
        base = drawn.uniform(low, high)
        if slot.string[slot.end() :].startswith(("%", "个百分点")):
            return f"{min(99.9, base * (1 + 0.002 * (year - FIRST_YEAR))):.{places}f}"
        grown = base * (1 + drawn.uniform(0.02, 0.15)) ** (year - FIRST_YEAR)
        return f"{grown / 2 if half == 6 else grown:.{places}f}"

    return _SLOT.sub(figure, sentence)


def _copied(original: Text, number: int) -> Text:
    """The same release on another site: other name, other source, a paragraph less."""
    lines = original.text.splitlines()
    lines[1] = lines[1].partition("来源")[0] + "来源：援建信息网"
    del lines[-2]
    return Text(f"{number:04}{original.name[4:]}", "\n".join(lines) + "\n")


@cache
def _pairs() -> tuple[tuple[str, str, str], ...]:
    """County, sender and the short name of the receiving province, as the catalogue has them."""
    current = [r for r in load_gazetteer().records if r.is_current]
    counties = [r for r in current if r.level is PlaceLevel.COUNTY and r.code[:2] in _RECEIVING]
    senders = [r.name for r in current if r.level is PlaceLevel.PREFECTURE and r.code[:2] in _SENDING]
    counties.sort(key=lambda r: sha256(r.code.encode()).digest())
    domain = dict(zip(_RECEIVING, "藏疆", strict=True))
    return tuple((r.name, senders[n % len(senders)], domain[r.code[:2]]) for n, r in enumerate(counties))


@cache
def _sentences() -> tuple[str, ...]:
    return _lines("assistance.txt")


@cache
def _prose() -> tuple[str, ...]:
    """Sentences that state no quantity."""
    return tuple(s for s in _lines("prose.txt") if not re.search(r"\d", s))


def _lines(name: str) -> tuple[str, ...]:
    return tuple((Path(__file__).parent / name).read_text("utf-8").splitlines())

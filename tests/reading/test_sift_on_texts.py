"""Sifting the seed texts and the open gold: nothing of the report is set apart."""

import bisect
import json
import os
import re
from pathlib import Path

import opencc
import pytest

from shanhai.model import CONTENT, Role
from shanhai.reading.sift import Line, Verdict, sift

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
GOLD = sorted((ROOT / "gold" / "open").glob("*.txt"))
REQUIRE_ALL = os.environ.get("SHANHAI_REQUIRE_ALL") == "1"
GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜɡńňǹ]+\)")


def read_lines(path: Path) -> list[tuple[str, Line]]:
    """The non-blank lines of a raw text, roughly mended, with the share of traditional script and blank lines above."""
    simplify = opencc.OpenCC("tw2s").convert
    mended, at, blanks = [], 0, 0
    for raw in path.read_text("utf-8").split("\n"):
        if not raw.strip():
            blanks += 1
            continue
        plain = GLOSS.sub("", raw)
        line = simplify(plain)
        letters = [pair for pair in zip(plain, line, strict=True) if "一" <= pair[0] <= "鿿"]
        share = sum(a != b for a, b in letters) / len(letters) if letters else 0.0
        mended.append((line, Line(at, at + len(line), traditional=share, blanks=blanks)))
        at += len(line) + 1
        blanks = 0
    return mended


def sift_file(path: Path) -> list[tuple[str, Verdict]]:
    mended = read_lines(path)
    found = sift("\n".join(line for line, _ in mended), [line for _, line in mended])
    return [(line, verdict) for (line, _), verdict in zip(mended, found, strict=True)]


needs_seeds = pytest.mark.skipif(
    not SEEDS and not REQUIRE_ALL, reason="the five seed texts are not beside the project"
)
SEED_SPAM = {"000": 1, "001": 1, "002": 0, "003": 2, "004": 0}
SEED_TITLES = {
    "000": "重庆市第九批援藏工作队2021年援藏工作回眸:躬耕雪域 情暖高原",
    "001": "对口支援结硕果 砥砺前行再出发",
    "002": "辽宁对口支援那曲——携手共谱新时代“山海情”",
    "003": "福建省泉州市第十批援藏工作队进藏两周年纪实",
    "004": "在雪域高原书写渝藏深情",
}


@needs_seeds
class TestSeeds:
    def test_all_five_are_there(self) -> None:
        assert len(SEEDS) == 5

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_spam_is_set_apart_and_nothing_else(self, path: Path) -> None:
        spam = [line for line, verdict in sift_file(path) if verdict.role is Role.SPAM]
        assert len(spam) == SEED_SPAM[path.name[:3]]
        assert all(re.search(r"无码|县\||视频", line) for line in spam)

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_no_prose_is_lost(self, path: Path) -> None:
        for line, verdict in sift_file(path):
            if len(line) >= 30 and "。" in line and not re.search("版权|本网", line):
                assert verdict.role in CONTENT, line

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_the_title(self, path: Path) -> None:
        titles = [line.strip() for line, verdict in sift_file(path) if verdict.role is Role.TITLE]
        assert titles == [SEED_TITLES[path.name[:3]]]

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_furniture_is_set_apart(self, path: Path) -> None:
        furniture = re.compile(
            r"版权|责编|编辑:|扫一扫|>|»|发布时间|来源:|原标题|副标题|正在加载|正在阅读|收起|手机看|A- A\+|^email|^home|tibet\.cn|本网|http|^\|"
        )
        for line, verdict in sift_file(path):
            if furniture.search(line) and "。" not in line.rstrip("。"):
                assert verdict.role not in CONTENT, line

    def test_captions_and_the_section_after_the_credit(self) -> None:
        found = {line.strip(): verdict.role for path in SEEDS for line, verdict in sift_file(path)}
        assert found["辽宁省就业援藏那曲高校毕业生专场招聘会现场。"] is Role.CAPTION
        assert found["投入1450万元建成洛隆县(泉洛)特色产业园标准化厂房"] is Role.CAPTION
        assert found["援藏医生妙手实施芒康县首例腹腔镜下胆囊切除术"] is Role.HEADING


@pytest.mark.skipif(not GOLD and not REQUIRE_ALL, reason="gold/open holds no texts")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_quote_of_the_open_gold_is_set_apart(path: Path) -> None:
    # given a text and the claims that were marked in it by hand
    raw = path.read_text("utf-8")
    starts, at = [], 0
    for line in raw.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    found = sift_file(path)
    for marked in path.with_suffix(".jsonl").read_text("utf-8").splitlines():
        claim = json.loads(marked)
        place = -1
        for _ in range(claim["n"]):
            place = raw.find(claim["quote"], place + 1)
        # then the line of each claim is content
        line, verdict = found[bisect.bisect_right(starts, place) - 1]
        assert verdict.role in CONTENT, (claim["quote"], line)

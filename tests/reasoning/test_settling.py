"""Clashes of a report: smallest sets, one after another; what is not done in time says so; the same every time."""

import subprocess
import sys

import pytest

from shanhai.model import Code, Finding, Severity
from shanhai.reasoning.reason import reason

from .reported import told

SPOILT = "2023年，工作队在洛隆县实施项目76个，分别为教育项目4个、卫生项目29个、农业项目17个、文化项目25个。"
TWO = (
    "全年实施援藏项目22个，其中教育项目9个、卫生项目8个，其余6个为产业项目。"
    "接待游客500人次，比上年的400人次增长35%。"
)


def _faults(text: str, seconds: float = 30) -> list[Finding]:
    return [
        f for f in reason([told("简报", text)], seconds=seconds).findings if f.code is Code.DOES_NOT_ADD_UP
    ]


def test_two_clashes_that_share_nothing_are_two_findings() -> None:
    found = _faults(TWO)
    assert [[c.quote for c in f.claims] for f in found] == [
        ["22个", "9个", "8个", "6个"],
        ["500人次", "400人次", "35%"],
    ]


def test_what_hangs_on_a_clash_and_holds_is_not_named() -> None:
    text = "全年到位资金5000万元，其中财政资金3000万元、社会资金2100万元。财政资金3000万元中，教育1200万元、卫生1800万元。"
    found = _faults(text)
    assert [[c.quote for c in f.claims] for f in found] == [["5000万元", "3000万元", "2100万元"]]


@pytest.mark.parametrize("text", [SPOILT, TWO])
def test_without_time_nothing_is_called_a_fault(text: str) -> None:
    out = reason([told("简报", text)], seconds=0)
    assert not [f for f in out.findings if f.code is Code.DOES_NOT_ADD_UP]
    late = [f for f in out.findings if f.detail.get("check") == "arithmetic" and f.code is Code.UNVERIFIABLE]
    assert late
    assert {f.detail["reason"] for f in late} == {"not settled in time"}
    assert {f.severity for f in late} == {Severity.WARNING}
    assert all("限定时间内" in f.message.zh and "in time" in f.message.en for f in late)
    assert {c.quote for f in late for c in f.claims} >= {c.quote for f in _faults(text) for c in f.claims}


def test_what_holds_needs_no_time() -> None:
    out = reason([told("简报", SPOILT.replace("25个", "26个"))], seconds=0)
    assert [f.code for f in out.findings if f.detail.get("check") == "arithmetic"] == [Code.ADDS_UP]


def test_a_long_list_that_passes_its_whole_is_settled_at_once() -> None:
    parts = [37 + 11 * ((i * 7) % 40) + i for i in range(40)]
    listed = "、".join(f"{chr(0x4E00 + i)}类{n}个" for i, n in enumerate(parts))
    (fault,) = _faults(f"实施项目{sum(parts) * 7 // 10}个，分别为{listed}。", seconds=1)
    largest = sorted(parts, reverse=True)
    needed = next(n for n in range(40) if sum(largest[:n]) > sum(parts) * 7 // 10)
    assert len(fault.claims) == needed + 1


RUN = """
from shanhai import find_claims, read
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason
r = read({text!r}.encode(), name="a.txt")
print(repr(reason([Evidence("a", tuple(find_claims(r)), r)], seconds=60)))
"""


def test_two_runs_give_the_same_bytes() -> None:
    outs = {
        subprocess.run(
            [sys.executable, "-c", RUN.format(text=TWO + SPOILT)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outs) == 1

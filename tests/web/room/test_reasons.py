"""Why passages were set apart, told in Chinese."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from django.utils import translation

import shanhai
from shanhai.catalogue.furniture import load_furniture
from shanhai.web.room.reasons import reason_of

SIFT = Path(str(files(shanhai))) / "reading" / "sift"


def told_by_reading() -> list[str]:
    """The reasons as they stand in the catalogue and in the modules that sift a page."""
    points = re.findall(r'Point\([\d.]+, "([^"]+)"\)', (SIFT / "points.py").read_text("utf-8"))
    given = re.findall(
        r'Role\.(?:FURNITURE|HIDDEN|REPEAT|SPAM), "([^"]+)"',
        "".join(module.read_text("utf-8") for module in sorted(SIFT.glob("*.py"))),
    )
    groups = re.findall(r"reason='([^']+)'", repr(load_furniture()))
    return sorted({*points, *given, *groups})


@pytest.mark.parametrize("told", told_by_reading())
def test_every_reason_is_told_in_chinese(told: str) -> None:
    with translation.override("zh-hans"):
        assert re.search("[一-鿿]", reason_of(told)), told
    with translation.override("en"):
        assert reason_of(told) == told


def test_several_reasons_and_carried_on_ones_are_told() -> None:
    with translation.override("zh-hans"):
        assert (
            reason_of("made of links; 72% of its words foreign to the page")
            == "由链接组成；72%的词与全文无关"
        )
        assert reason_of("page number, carried on") == "页码（续）"
        assert reason_of("something new") == "something new"

"""HTML that is costly to read, by malice or by size: refused with reason and remedy, or read."""

import os
import resource
import subprocess
import sys

import pytest

from shanhai.model import BrokenInput, TooLarge
from shanhai.reading.extracted import Limits

from .extracting import page

HOSTILE = {
    "nested": "'<div>' * 100_000 + 'x'",
    "open tags": "'<div>' * 2_000_000",
    "open spans": "'<span>' * 1_600_000",
    "nested lists": "'<ul><li>' * 50_000",
    "breaks": "'<br>' * 1_000_000",
    "attributes": "'<p ' + ' '.join(f'a{n}=1' for n in range(100_000)) + '>x'",
    "quotes": "'<p a=\"' * 200_000",
    "fonts left open": "'<p>' + ''.join(f'<font a={n}>' for n in range(10_000)) + '<p>x' * 10_000",
    "comments": "'<!--' * 500_000",
    "style": "'<style>' + '@a{' * 50_000 + '/*' * 50_000 + '</style><p class=a>x'",
    "rules": "'<style>' + '.a{display:none}' * 12_000 + '</style>' + '<p class=a>x' * 3_000",
    "nested tables": "'<table><tr><td>x' * 2_500",
    "spaces": "' ' * 5_000_000 + 'x'",
    "inline hidden": "'<i hidden>x</i>y' * 50_000",
    "templates": "'<template>' * 100_000",
    "selects": "'<select><button><selectedcontent>' + '</button><option>' + '<i>' * 20_000",
}
CHILD = """
import sys
from shanhai.model import UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.formats.html import extract

try:
    extract({html}, "x.html", Limits())
except UnreadableInput as e:
    assert e.reason and e.remedy
    print(type(e).__name__)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_ends_in_bounded_time_and_memory(name: str) -> None:
    # given a page made to choke a parser; when a child process reads it under 2 GB of address space
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(html=HOSTILE[name])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3)),
        capture_output=True,
        timeout=30,
        check=False,
    )
    # then it ends by itself: read, or refused with reason and remedy
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    ("html", "error", "reason"),
    [
        ("<div>" * 30_000, BrokenInput, "nested"),
        ("<p " + "a " * 12_000 + ">", BrokenInput, "attributes"),
        ("<p>" + "".join(f"<font a={n}>" for n in range(1500)) + "<p>x" * 1500, BrokenInput, "formatting"),
        ("<br>" * 1_000_001, TooLarge, "elements"),
    ],
)
def test_costly_markup_is_refused_with_reason_and_remedy(
    html: str, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason) as raised:
        page(html)
    assert "页.html" in str(raised.value)
    assert raised.value.remedy  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "html",
    [
        "<p>x" * 30_000,
        "<ul>" + "<li>x" * 30_000,
        "<table>" + "<tr><td>1<td>2" * 12_000,
        "<p><font color=red>x" * 8_000,
        "<!-- <div> -->" * 20_000 + "x",
        "<script>" + '"<div>";' * 20_000 + "</script>x",
        "<a href=1>x" * 16_000,
        "<div><p><b>x</b></p></div>" * 8_000,
    ],
)
def test_large_honest_markup_is_read(html: str) -> None:
    assert page(html).text.startswith(("x", "1"))


def test_limits_on_characters_and_cells() -> None:
    with pytest.raises(TooLarge, match="characters"):
        page("<p>" + "字" * 200, Limits(characters=100))
    with pytest.raises(TooLarge, match="cells"):
        page("<table>" + "<tr><td>1<td>2" * 60 + "</table>", Limits(cells=100))

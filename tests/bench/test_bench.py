"""The benchmark runs and tells all that it should; what it measures is not asserted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEASUREMENTS = ("text_speed", "scaling", "startup", "memory", "html_speed", "peer_speed")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    output = tmp_path_factory.mktemp("bench") / "new" / "bench.json"
    command = [sys.executable, "-X", "utf8", "-m", "bench", "--quick", "--output", str(output)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout, json.loads(output.read_text("utf-8"))


def test_all_measurements_are_written(told: tuple[str, dict[str, Any]]) -> None:
    _, found = told
    assert list(found) == ["quick", "machine", *MEASUREMENTS]
    assert found["quick"] is True
    assert {"python", "processor", "cores", "core", "load", "seconds"} <= set(found["machine"])


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_figure_has_a_value_and_its_unit(told: tuple[str, dict[str, Any]], name: str) -> None:
    _, found = told
    figures = found[name]["figures"]
    assert figures
    for figure in figures:
        assert set(figure) == {"what", "value", "unit", "best", "ratio", "of", "note"}
        assert figure["value"] > 0
        assert figure["unit"]
        assert (figure["ratio"] is None) == (figure["of"] == "")


def test_every_target_says_whether_it_is_reached(told: tuple[str, dict[str, Any]]) -> None:
    _, found = told
    targets = [target for name in MEASUREMENTS for target in found[name]["targets"]]
    assert {t["unit"] for t in targets} >= {"characters/s", "ms", "s", "times", "MB"}
    for target in targets:
        better = (
            target["measured"] <= target["bound"] if target["most"] else target["measured"] >= target["bound"]
        )
        assert target["reached"] is better


def test_the_terminal_shows_each_figure_and_target(told: tuple[str, dict[str, Any]]) -> None:
    shown, found = told
    for name in MEASUREMENTS:
        assert found[name]["title"] in shown
        for one in [*found[name]["figures"], *found[name]["targets"]]:
            assert one["what"] in shown
    assert "reached 达到" in shown

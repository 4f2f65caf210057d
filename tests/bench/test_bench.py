"""The benchmark runs and tells all that it should; what it measures is not asserted."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MEASUREMENTS = (
    "text_speed",
    "scaling",
    "startup",
    "memory",
    "check_speed",
    "reasoning",
    "ledger_speed",
    "register_speed",
    *(("register_speed_on_postgresql",) if os.environ.get("SHANHAI_TEST_POSTGRESQL") else ()),
    "html_speed",
    "peer_speed",
)


def test_a_quick_run_writes_and_shows_every_figure_and_target(tmp_path: Path) -> None:
    output = tmp_path / "new" / "bench.json"
    command = [sys.executable, "-X", "utf8", "-m", "bench", "--quick", "--output", str(output)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    assert run.returncode == 0, run.stderr
    found = json.loads(output.read_text("utf-8"))
    assert list(found) == ["quick", "machine", *MEASUREMENTS]
    assert {"python", "processor", "cores", "core", "load", "seconds"} <= set(found["machine"])
    for name in MEASUREMENTS:
        assert found[name]["title"] in run.stdout
        assert found[name]["figures"]
        for figure in found[name]["figures"]:
            _check_figure(figure, run.stdout)
        for target in found[name]["targets"]:
            _check_target(target, run.stdout)
    units = {target["unit"] for name in MEASUREMENTS for target in found[name]["targets"]}
    assert {"characters/s", "claims/s", "ms", "s", "times", "MB"} <= units


def _check_figure(figure: dict[str, Any], shown: str) -> None:
    assert set(figure) == {"what", "value", "unit", "best", "ratio", "of", "note"}
    assert figure["value"] > 0
    assert figure["unit"]
    assert (figure["ratio"] is None) == (figure["of"] == "")
    assert figure["what"] in shown


def _check_target(target: dict[str, Any], shown: str) -> None:
    assert set(target) == {"what", "bound", "measured", "unit", "most", "reached"}
    measured, bound = target["measured"], target["bound"]
    assert target["reached"] is (measured <= bound if target["most"] else measured >= bound)
    assert target["what"] in shown

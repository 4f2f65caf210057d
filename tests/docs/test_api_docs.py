"""docs/api.md names every address and every code of the API."""

import re
from pathlib import Path

from shanhai.web.api import problems
from shanhai.web.api.v1 import description

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_address_has_its_row() -> None:
    table = PAGE.partition("## Resources")[2].partition("\n## ")[0]
    told = set()
    for row in re.findall(r"^\| `(.*?) \|", table, re.MULTILINE):
        base = ""
        for part in re.findall(r"(?:GET |POST |DELETE )?(/[^`]*)", f"`{row}"):
            path = re.sub(r"[A-Z0-9]{2,}", "{}", part.partition("?")[0])
            told.add(path)
            base = base or path.rpartition("/")[0]
            told.add(f"{base}{path}")
    for path in description()["paths"]:
        assert re.sub(r"{\w+}", "{}", path) in told, path


def test_every_code_is_told() -> None:
    source = Path(problems.__file__).read_text("utf-8") + Path(problems.__file__).with_name(
        "answering.py"
    ).read_text("utf-8")
    codes = set(re.findall(r'\d{3},\s*"([a-z_]+)"', source))
    assert len(codes) > 8
    for code in codes:
        assert f"`{code}`" in PAGE, code

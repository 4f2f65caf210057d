"""docs/sheets.md tells how a row without a number is known, for each kind."""

from shanhai.programme.kinds import KINDS
from shanhai.programme.sheets.identity import IDENTITY
from shanhai.reading.grids import MOST_ROWS

from ..conftest import ROOT


def test_each_kind_is_told_as_it_is() -> None:
    text = (ROOT / "docs" / "sheets.md").read_text("utf-8")
    for name, kind in KINDS.items():
        fields = "、".join(kind.field(field).zh for field in IDENTITY[name])
        assert f"| `{name}` {kind.zh} | {fields} |" in text
    assert f"more than {MOST_ROWS:,} rows" in text

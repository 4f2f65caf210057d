"""Lines of the terminal: Chinese breaks anywhere but before a closing mark and inside a figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from shanhai.cli.writers.checked.table.folding import folded


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in folded(Text(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("开展义诊二十场", 8, ["开展义诊", "二十场"]),
        ("开展义诊四场。", 12, ["开展义诊四", "场。"]),
        ("· 义诊义诊义诊", 8, ["· 义诊义", "诊义诊"]),
        ("资金860万元到位", 9, ["资金", "860万元到", "位"]),
        ("held against it", 9, ["held ", "against ", "it"]),
        ("（见附表）", 4, ["（见", "附", "表）"]),
    ],
)
def test_where_lines_break(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text("义诊20场，。（）“”ab 　%—é", max_size=60), st.integers(2, 30))
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    found = lines(text, width)

    assert "".join(found) == text
    assert all(cell_len(line.rstrip()) <= width for line in found)

"""What ``shanhai check`` prints: what needs work first and in full, then the rest in short."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from shanhai.cli import main
from shanhai.cli.writers.checked import table

EARLIER = """发布时间：2026年1月12日 来源：柯坪县人民政府
2025年，湖州市援疆工作队在柯坪县实施援疆项目32个，新增就业1260人。
2026年湖州市援疆工作队在柯坪县计划实施援疆项目35个，计划建成标准化厂房6栋，预计2026年6月底前投入使用。
"""
BULLETIN = """发布时间：2026年7月10日 来源：柯坪县卫生健康委员会
2026年上半年，湖州市援疆医疗队在柯坪县开展义诊18场，惠及群众4260人次，手术486台次。
"""
DRAFT = """发布时间：2026年7月15日 来源：湖州市援疆工作指挥部
2026年上半年，湖州市援疆医疗队在柯坪县开展义诊20场，惠及群众4300人，手术486台次。
2026年上半年支出资金8620万元，其中住房3120万元、教育2650万元、产业1890万元、培训860万元。
建成标准化厂房6栋。慰问困难家庭75户，发放慰问金15万元。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("earlier", EARLIER), ("bulletin", BULLETIN), ("draft", DRAFT)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def shown(folder: Path, *more: str) -> str:
    given = [str(folder / f"{name}.txt") for name in ("draft", "earlier", "bulletin")]
    return (
        CliRunner()
        .invoke(main, ["check", given[0], *more, "--against", given[1], "--against", given[2]])
        .stdout
    )


def part(printed: str, heading: str) -> str:
    """What stands below a heading, up to the next empty line that a heading follows."""
    return printed.split(f"\n{heading}", 1)[1].split("\n\n", 1)[0]


def test_what_needs_work_comes_first_and_what_is_backed_comes_in_short(folder: Path) -> None:
    printed = shown(folder)

    order = [
        "要处理：6 个数",
        "要处理 Needs work",
        "口径不同 differs by definition · 1",
        "只有计划 promised only · 1",
        "没有来源 no source · 2",
        "有据 backed · 1",
    ]
    assert [printed.index(f"\n{heading}") for heading in order] == sorted(
        printed.index(f"\n{heading}") for heading in order
    )
    assert part(printed, "有据 backed · 1").split("\n")[1:] == ["  ✓ 486台次 ← bulletin"]


def test_a_clash_shows_its_sentence_once_with_all_its_figures(folder: Path) -> None:
    printed = shown(folder)

    assert "  · 8620万元、3120万元、2650万元、1890万元、860万元：" in printed
    assert printed.count("其中住房3120万元") == 1


def test_both_sides_of_a_contradiction_stand_in_their_sentences(folder: Path) -> None:
    printed = shown(folder)

    assert "· 20场（本稿 this draft）：" in printed
    assert "· 18场（bulletin）：" in printed
    assert "开展义诊18场，惠及群众4260人次" in printed


def test_numbers_without_source_share_one_reason_and_their_sentence(folder: Path) -> None:
    bare = part(shown(folder), "没有来源 no source · 2")

    assert bare.count("找不到来源") == 1
    assert bare.count("The material given has no source for 2 figures.") == 1
    assert "  · 75户、15万元：" in bare


def test_what_the_draft_alone_says_is_done_is_only_promised(folder: Path) -> None:
    promised = part(shown(folder), "只有计划 promised only · 1")

    assert "6栋" in promised
    assert "《earlier》“6栋”" in promised
    assert "还没有做到的，写明是计划和期限" in promised


def test_cells_of_a_row_stay_apart(tmp_path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    rows = document.add_table(rows=4, cols=2).rows
    for row, cells in zip(
        rows, (("类别", "项目（个）"), ("教育", "9"), ("住房", "6"), ("合计", "19")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "draft.docx"))

    printed = CliRunner().invoke(main, ["check", str(tmp_path / "draft.docx")]).stdout

    assert "9 + 6 ≠ 19" in printed
    assert "· 9：教育 | 9" in printed


def test_lines_fit_the_terminal_and_end_without_spaces(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_WIDE", 60)

    printed = shown(folder).splitlines()

    assert max(map(len, printed)) <= 60
    assert not [line for line in printed if line != line.rstrip()]


def test_the_file_is_what_is_piped(folder: Path) -> None:
    printed = shown(folder)
    shown(folder, "-o", str(folder / "checked.txt"))

    assert (folder / "checked.txt").read_text("utf-8") == printed

"""What a template offers to whoever fills it in."""

import io

import openpyxl
import pytest

from shanhai.catalogue.activities import load_activities
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import KINDS
from shanhai.programme.kinds.sorts import SortCounts
from shanhai.programme.sheets.columns import columns_of
from shanhai.programme.sheets.preview import State
from shanhai.programme.values import Context
from shanhai.publishing.register import write_template

from .filled import previewed, saved


@pytest.fixture
def money() -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_template(KINDS["money"], stream)
    return openpyxl.load_workbook(stream)


def test_headings_notes_drop_downs_and_an_example(money: openpyxl.Workbook) -> None:
    sheet, columns = money["资金"], columns_of(KINDS["money"])

    heads = [cell.value for cell in sheet[1]]
    assert heads == [f"{c.zh} *" if c.required else c.zh for c in columns]
    assert [cell.value for cell in sheet[2]] == [c.en for c in columns]
    assert all(cell.comment is not None for cell in sheet[1])
    assert sheet.freeze_panes == "B3"
    assert sheet["A3"].value == "示例（不导入）"
    assert sheet["B3"].number_format == "yyyy-mm-dd"
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists["C3"] == "'选项'!$A$2:$A$7"
    assert [cell.value for cell in money["选项"]["A"]][:3] == ["阶段", "承诺", "下达（签约）"]
    assert money["选项"].sheet_state == "hidden"


def test_a_template_that_is_filled_in_is_imported(money: openpyxl.Workbook, one: Pairing) -> None:
    sheet = money["资金"]
    for column, value in {"B": "2023-06-01", "C": "到位", "D": 12.5, "F": "计划内", "I": "ZX-012"}.items():
        sheet[f"{column}4"] = value

    seen = previewed(saved(money), "money", one)

    assert [(o.row.number, o.state) for o in seen.outcomes] == [(4, State.NEW)]
    assert seen.notes == ()


def test_the_counts_of_each_sort_of_work_are_told(db: None) -> None:
    stream = io.BytesIO()
    write_template(KINDS["activity"], stream)
    sheet = openpyxl.load_workbook(stream)["填写说明"]

    told = {row[0]: (row[3], row[5]) for row in sheet.iter_rows(values_only=True) if row[0]}

    for sort in load_activities().values():
        zh, written = told[sort.name_zh]
        for counted in sort.counts.values():
            assert f"{counted.name_zh}（{counted.unit}）" in str(zh)
        assert not sort.counts or SortCounts().read(str(written), Context())
        assert all(stage.name_zh in str(zh) for stage in sort.stages.values())

"""A table that was exported is imported again and changes nothing: every kind, both formats, both languages."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import context_of
from shanhai.programme.kinds import KINDS, Field
from shanhai.programme.kinds.sorts import SortCounts, SortKey, SortStage
from shanhai.programme.models import Record
from shanhai.programme.sheets.columns import columns_of
from shanhai.programme.sheets.identity import IDENTITY
from shanhai.programme.sheets.preview import State, preview
from shanhai.programme.sheets.rows import read_rows
from shanhai.programme.sheets.telling import Tells
from shanhai.programme.values import (
    Amount,
    AreaKey,
    Choice,
    Count,
    Counts,
    Currency,
    Day,
    IndicatorCode,
    Places,
    Quantity,
    Reference,
    Share,
    Text,
)
from shanhai.publishing.register import table_of, write_template
from shanhai.publishing.sheets import Format, write
from shanhai.reading.grids import read_grids

from .filled import CLERK, NOON, everything

KIND_NAMES = list(KINDS)
_WORDS = st.text(alphabet="=+-@'甲乙 aＡ１_x0041\"；,", min_size=1, max_size=12)


def exported(kind: str, records: Any, one: Pairing, wanted: Format, english: bool = False) -> bytes:
    sheet = table_of(
        KINDS[kind],
        records,
        context_of(one),
        lambda record: f"https://here.example/register/{one.key}/{kind}/{record.key}/",
        made=NOON,
        english=english,
    )
    stream = io.BytesIO()
    write(sheet, wanted, stream)
    return stream.getvalue()


@pytest.mark.parametrize("wanted", [Format.XLSX, Format.CSV])
@pytest.mark.parametrize("english", [False, True])
def test_an_exported_file_changes_nothing(one: Pairing, wanted: Format, english: bool) -> None:
    before = everything(one)
    for name, kind in KINDS.items():
        data = exported(name, kind.model._default_manager.filter(pairing=one), one, wanted, english)

        read = read_rows(read_grids(data, f"a.{wanted}"), kind)
        seen = preview(read, kind, one, actor=CLERK)

        assert read.notes == (), name
        assert {o.state for o in seen.outcomes} == {State.SAME}, (name, seen.outcomes)
        assert len(seen.outcomes) == len(before[name])
    assert everything(one) == before


def _value(field: Field, one: Pairing) -> st.SearchStrategy[Any]:
    """Values that a field may hold."""
    value = field.value
    if isinstance(value, Text):
        return _WORDS.map(lambda text: value.read(text, context_of(one)) or "a")
    if isinstance(value, Amount):
        return st.decimals(0, Decimal("99999999999999.99"), places=2)
    if isinstance(value, Share):
        return st.decimals(0, 1, places=4).map(lambda d: Decimal(f"{d.normalize():f}"))
    if isinstance(value, Quantity):
        return st.decimals(-(10**12), 10**12, places=3).map(lambda d: Decimal(f"{d.normalize():f}"))
    if isinstance(value, Count):
        return st.integers(0, 10**14)
    if isinstance(value, Day):
        return st.dates(datetime.date(1949, 1, 1), datetime.date(2100, 12, 31))
    if isinstance(value, Reference):
        if value.kind == "pairing":
            return st.just(one)
        return st.sampled_from(list(KINDS[value.kind].model._default_manager.filter(pairing=one)))
    if isinstance(value, Choice | SortKey | SortStage):
        return st.sampled_from([option.value for option in value.options])
    if isinstance(value, AreaKey):
        return st.sampled_from(["health", "education"])
    if isinstance(value, IndicatorCode):
        return st.sampled_from(sorted(load_indicators()))
    if isinstance(value, Currency):
        return st.sampled_from(["CNY", "USD"])
    if isinstance(value, Places):
        codes = st.sampled_from(["540329", "540330", "110105", "540102", "540300"])
        return st.lists(codes, min_size=1, max_size=3, unique=True).map(lambda cs: [[c, ""] for c in cs])
    if isinstance(value, SortCounts):
        return st.dictionaries(st.sampled_from(["trained", "days"]), st.integers(0, 10**9), min_size=1)
    assert isinstance(value, Counts), field.name
    return st.dictionaries(st.sampled_from(["男", "女", "少数民族"]), st.integers(0, 10**9), min_size=1)


@pytest.mark.parametrize("wanted", [Format.XLSX, Format.CSV])
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a whole register takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_value_comes_back_as_it_was(one: Pairing, wanted: Format, data: st.DataObject) -> None:
    """Records as they may stand, whether or not the checks between their fields would let them in today."""
    for name, kind in KINDS.items():
        record: Record = kind.model(pairing=one, key="Q-1", evidence=data.draw(_WORDS).strip() or "文")
        record.evidence = " ".join(record.evidence.split())
        for field in kind.fields:
            column: Any = kind.model._meta.get_field(field.name)
            may_be_empty = column.blank or column.null or not field.required
            if not may_be_empty or data.draw(st.booleans()):
                setattr(record, field.name, data.draw(_value(field, one), label=f"{name}.{field.name}"))
        read = read_rows(read_grids(exported(name, [record], one, wanted), f"a.{wanted}"), kind)

        (row,) = read.rows
        telling = Tells(read.rows, kind, one).tell(row)
        told = {f: kind.empty(f) if v is None else v for f, v in telling.told.values.items()}

        assert telling.faults == ()
        assert kind.plain(told) == kind.plain(kind.values_of(record))
        assert (telling.told.key, telling.told.evidence) == ("Q-1", record.evidence)


@pytest.mark.parametrize("name", KIND_NAMES)
def test_a_template_as_it_comes_holds_nothing_to_import(one: Pairing, name: str) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_template(KINDS[name], first)
    write_template(KINDS[name], second)

    read = read_rows(read_grids(first.getvalue(), "a.xlsx"), KINDS[name])

    assert first.getvalue() == second.getvalue()
    assert (read.rows, read.hidden, read.notes) == ((), (), ())
    assert len(read.headings) == len(columns_of(KINDS[name]))


@pytest.mark.parametrize("name", KIND_NAMES)
def test_the_example_of_each_column_can_be_read(one: Pairing, name: str) -> None:
    for field in KINDS[name].fields:
        if field.example and not isinstance(field.value, Reference):
            assert field.value.read(field.example, context_of(one)) is not None, field.name


def test_each_kind_has_fields_by_which_a_row_without_number_is_known() -> None:
    assert set(IDENTITY) == set(KINDS)
    for name, fields in IDENTITY.items():
        assert set(fields) <= {f.name for f in KINDS[name].fields}

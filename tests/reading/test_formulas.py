"""Text that a spreadsheet takes for a formula: every text is given back, and none is left a formula."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanhai.reading.formulas import harmless, is_like_formula, meant


@given(st.text(alphabet="'=+-@＝ \ta1", max_size=8))
@example("'=1")
@example("''=1")
def test_every_text_comes_back_and_is_no_formula(text: str) -> None:
    assert meant(harmless(text)) == text
    assert not is_like_formula(harmless(text))


@pytest.mark.parametrize("text", ["33名", "'tis", "", "约-3"])
def test_what_is_no_formula_is_written_as_it_is(text: str) -> None:
    assert harmless(text) == text

"""The table of qualifiers holds for its own examples."""

import pytest

from shanhai import find_quantities
from shanhai.catalogue.qualifiers import Qualifier, load_qualifiers


@pytest.mark.parametrize(("key", "row"), load_qualifiers().rows.items())
def test_the_example_of_a_row_has_the_bounds_that_the_row_gives(key: str, row: Qualifier) -> None:
    quantity = find_quantities(f"共有{row.example}。")[0]
    assert quantity.quote == row.example, key
    assert str(quantity.bounds) == row.gives
    assert quantity.approx is row.approx


@pytest.mark.parametrize("row", load_qualifiers().rows.values())
def test_every_word_of_a_row_gives_the_same_qualifier(row: Qualifier) -> None:
    for word in row.words:
        sentence = {"before": f"，{word}万人。", "inside": f"，30{word}人。", "after": f"，30年{word}。"}[
            row.position
        ]
        assert find_quantities(sentence)[0].approx is row.approx, word


def test_a_fall_turns_the_bounds_over() -> None:
    quantity = find_quantities("死亡率降低近80%。")[0]
    assert str(quantity.bounds) == "(-80, -72]"

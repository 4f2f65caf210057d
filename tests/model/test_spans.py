"""The map between source and mended text against a map kept character by character."""

from hypothesis import given
from hypothesis import strategies as st

from shanhai.model import Span, TextMap


@st.composite
def removals(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    length = draw(st.integers(0, 60))
    gone = draw(st.lists(st.booleans(), min_size=length, max_size=length))
    spans, at = [], 0
    while at < length:
        end = at
        while end < length and gone[end]:
            end += 1
        if end > at:
            spans.append((at, end))
        at = end + 1
    return length, spans


@given(removals())
def test_every_mended_character_comes_from_its_own_source_character(
    case: tuple[int, list[tuple[int, int]]],
) -> None:
    length, spans = case
    text_map = TextMap.without(length, spans)
    kept = [i for i in range(length) if not any(s <= i < e for s, e in spans)]

    assert [text_map.to_source(i) for i in range(len(kept))] == kept
    assert [text_map.to_mended(i) for i in kept] == list(range(len(kept)))


@given(removals(), st.data())
def test_a_mended_stretch_goes_to_source_and_back(
    case: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    length, spans = case
    text_map = TextMap.without(length, spans)
    kept = length - sum(e - s for s, e in spans)
    start = data.draw(st.integers(0, kept))
    end = data.draw(st.integers(start, kept))

    source = text_map.to_source_span(start, end)

    if start < end:
        assert text_map.to_mended_span(source.start, source.end) == Span(start, end)
    else:
        assert source.start == source.end


@given(removals())
def test_removed_characters_map_to_what_follows_them(case: tuple[int, list[tuple[int, int]]]) -> None:
    length, spans = case
    text_map = TextMap.without(length, spans)
    gone = 0
    for start, end in spans:
        for position in range(start, end):
            assert text_map.to_mended(position) == start - gone
        gone += end - start
    assert text_map.removed_within(0, length) == [Span(s, e) for s, e in spans]

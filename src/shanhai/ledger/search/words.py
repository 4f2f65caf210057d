"""The words that a text is indexed by, and those that a query asks for."""

import re
import unicodedata
from itertools import pairwise

from shanhai.reading.mend.script import marked_traditional, simplified

_CHINESE = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_CHINESE}]+|[^\W_{_CHINESE}]+")
_IS_CHINESE = re.compile(rf"[{_CHINESE}]")
_LONGEST = 64


def words_of(text: str) -> list[str]:
    """The words of a text in order; of a Chinese run each pair of neighbours, and its last character.

    >>> words_of("昌都市GDP")
    ['昌都', '都市', '市', 'gdp']
    """
    words: list[str] = []
    for run in _runs(text):
        if _IS_CHINESE.match(run):
            words += (one + other for one, other in pairwise(run))
            words.append(run[-1])
        else:
            words.append(run[:_LONGEST])
    return words


def phrases_of(query: str) -> list[str]:
    """What a query asks for: runs of Chinese characters, Latin words, numbers; all must be there.

    >>> phrases_of("昌都市，GDP 人")
    ['昌都市', 'gdp', '人']
    """
    return [run if _IS_CHINESE.match(run) else run[:_LONGEST] for run in _runs(in_simplified(query))]


def in_simplified(text: str) -> str:
    """A text in simplified script, in which reports are read.

    >>> in_simplified("對口支援")
    '对口支援'
    """
    return simplified(text, marked_traditional(text)[1])[0]


def pairs_of(phrase: str) -> list[str]:
    """The words that stand side by side where a phrase of several characters is told.

    >>> pairs_of("昌都市"), pairs_of("gdp"), pairs_of("人")
    (['昌都', '都市'], ['gdp'], ['人'])
    """
    words = words_of(phrase)
    return words[:-1] if len(words) > 1 else words


def is_character(phrase: str) -> bool:
    """Whether a phrase is one Chinese character, which stands in the index as the beginning of pairs."""
    return len(phrase) == 1 and _IS_CHINESE.match(phrase) is not None


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())

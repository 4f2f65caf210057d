"""What a place's full name is shortened to, and which short forms are ordinary words.

The endings, the names of peoples and the words are data: ``endings.csv``, ``words.csv`` and ``decoys.csv`` in
``data/places``.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

FOLDER = files("shanhai.catalogue") / "data" / "places"


class NameRules:
    """How full names become short ones.

    Args:
        endings: what an administrative name ends in, mapped to what a contracted form ends in ("" for none).
        peoples: names of peoples, as autonomous areas carry them before the ending.
        words: forms that are ordinary words, mapped to the codes that they may not stand for (empty: any).
        decoys: longer words that hold a form by chance.
    """

    def __init__(
        self,
        endings: dict[str, str],
        peoples: tuple[str, ...],
        words: dict[str, frozenset[str]],
        decoys: frozenset[str] = frozenset(),
    ) -> None:
        self.decoys = decoys
        longest_first = sorted(endings, key=len, reverse=True)
        self._endings = endings
        self._ending = re.compile(f"(.+?)({'|'.join(map(re.escape, longest_first))})")
        named = "|".join(map(re.escape, sorted(peoples, key=len, reverse=True)))
        self._peoples = re.compile(f"(..+?)(?:{named})+")
        self._words = words

    def short(self, name: str) -> str:
        """The name without its ending and the peoples before it; the whole name where no ending is known."""
        return self._split(name)[0]

    def shortened(self, name: str) -> Iterator[str]:
        """The forms of two or more characters that a full name is shortened to: 甘孜 and 甘孜州."""
        short, ending = self._split(name)
        if ending and len(short) > 1:
            yield short
            if self._endings[ending]:
                yield short + self._endings[ending]

    def is_word(self, form: str, code: str) -> bool:
        """Whether running text that holds the form as a rule means something else than this place."""
        barred = self._words.get(form)
        return barred is not None and (not barred or code in barred)

    def _split(self, name: str) -> tuple[str, str]:
        match = self._ending.fullmatch(name)
        if match is None:
            return name, ""
        head, ending = match.groups()
        if ending.startswith("自治") or head.endswith("族"):
            bare = self._peoples.fullmatch(head)
            head = bare[1] if bare else head.removesuffix("族")
        return head, ending


def read_table(name: str, columns: tuple[str, ...]) -> list[list[str]]:
    """The lines of one CSV file of the places data, without the heading.

    Raises:
        ValueError: when the heading or the length of a line is not as ``columns`` says.
    """
    lines = list(csv.reader((FOLDER / name).read_text("utf-8").splitlines()))
    if not lines or tuple(lines[0]) != columns:
        raise ValueError(f"{name}: the first line must be {','.join(columns)}")
    uneven = [i for i, line in enumerate(lines, 1) if len(line) != len(columns)]
    if uneven:
        raise ValueError(f"{name}, line {uneven[0]}: must have {len(columns)} columns")
    return lines[1:]


@cache
def load_name_rules() -> NameRules:
    """The rules of the built-in catalogue."""
    listed = read_table("endings.csv", ("kind", "text", "contracted"))
    return NameRules(
        {text: contracted for kind, text, contracted in listed if kind == "ending"},
        tuple(text for kind, text, _ in listed if kind == "people"),
        {
            form: frozenset(codes.split())
            for form, codes, _ in read_table("words.csv", ("form", "codes", "note"))
        },
        frozenset(word for word, _ in read_table("decoys.csv", ("word", "hides"))),
    )

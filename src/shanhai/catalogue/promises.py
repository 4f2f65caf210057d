"""Words by which promises are known: cues of dates to come, acts, conditions, and how relative dates are resolved."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError

STAGES = ("start", "build", "use")
"""The stages that acts belong to, earliest first."""


class PromiseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words; see the file."""

    before: tuple[str, ...]
    behind: tuple[str, ...]
    years: dict[str, int]
    within: tuple[str, ...]
    new_year: tuple[str, ...]
    past_years: tuple[str, ...]
    months: dict[str, int]
    plans: dict[str, int]
    conditions: tuple[str, ...]
    then: tuple[str, ...]
    past: tuple[str, ...]
    done: tuple[str, ...]
    titles: tuple[str, ...]
    not_yet: tuple[str, ...]
    delayed: tuple[str, ...]
    told_plans: tuple[str, ...]
    hedges: tuple[str, ...]
    acts: dict[str, tuple[str, ...]]

    def problems(self) -> list[str]:
        """What is wrong with the entries."""
        found = [
            f"acts: {stage!r} is no stage; use one of {', '.join(STAGES)}"
            for stage in self.acts
            if stage not in STAGES
        ]
        found += [f"acts: {stage} is missing; add it" for stage in STAGES if stage not in self.acts]
        found += [
            f"months: {word}: {month} is no month; write 1 to 12"
            for word, month in self.months.items()
            if not 1 <= month <= 12
        ]
        return found


class PromisePatterns(msgspec.Struct, frozen=True):
    """The words, compiled.

    Attributes:
        words: as they stand in the file.
        before: at the end of what precedes a date; behind: at the begin of what follows one.
        condition: a condition that must come about first; then: points back to a date.
        past, done, not_yet, delayed, hedge: anywhere in a clause (delayed unless denied); title: at its end.
        told_plan: at the end of what precedes a figure.
        act: any act; ``stage`` tells its stage.
        hint: whether it is worth looking for dates to come in a sentence at all.
        stage: of each act, by number from the earliest.
    """

    words: PromiseWords
    before: re.Pattern[str]
    behind: re.Pattern[str]
    condition: re.Pattern[str]
    then: re.Pattern[str]
    past: re.Pattern[str]
    done: re.Pattern[str]
    title: re.Pattern[str]
    not_yet: re.Pattern[str]
    delayed: re.Pattern[str]
    told_plan: re.Pattern[str]
    hedge: re.Pattern[str]
    act: re.Pattern[str]
    hint: re.Pattern[str]
    stage: dict[str, int]


@cache
def load_promises() -> PromisePatterns:
    """The words of promises.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    words = decode(data_file("promises.yaml"), PromiseWords)
    problems = words.problems()
    if problems:
        raise CatalogueError(tuple(f"promises.yaml: {p}" for p in problems))
    acts = {act: STAGES.index(stage) for stage, names in words.acts.items() for act in names}
    return PromisePatterns(
        words=words,
        before=re.compile(f"(?:{any_of(words.before)})$"),
        behind=re.compile(f"(?:{any_of(words.behind)})"),
        condition=re.compile(f"(?:{any_of(words.conditions)})[以之]?后"),
        then=re.compile(any_of(words.then)),
        past=re.compile(any_of((*words.past, *words.past_years))),
        done=re.compile(any_of(words.done)),
        title=re.compile(f"(?:{any_of(words.titles)})$"),
        not_yet=re.compile(any_of(words.not_yet)),
        delayed=re.compile(f"(?<!没有)(?<![未无不])(?:{any_of(words.delayed)})"),
        told_plan=re.compile(f"(?:{any_of(words.told_plans)})[为约达共]?$"),
        hedge=re.compile(any_of(words.hedges)),
        act=re.compile(any_of(acts)),
        hint=re.compile(f"前|{any_of({*words.before, *words.behind} - {'可', '能', '要', '拟'})}|[要能可拟]"),
        stage=acts,
    )


def any_of(words: Iterable[str]) -> str:
    """The alternation of plain words, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

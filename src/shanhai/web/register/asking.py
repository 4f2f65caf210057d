"""What the address of a list of records asks for: words, filters with what is wrong about each, the order."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.catalogue.areas import load_areas
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Team, Term
from shanhai.programme.queries.lists import Wanted, filters
from shanhai.programme.values import AreaKey, Context, Day, Reference, Unreadable
from shanhai.web.register.shown import english, label, name_of

_CHOSEN = ("team", "term")
"""References of which there are few: they are chosen from a list, others are typed by number."""
_MOST_WORDS = 6


class Filter(msgspec.Struct, frozen=True):
    """One filter of the bar.

    Attributes:
        name, label: of its field.
        told: what is asked for.
        fault: what is wrong about it.
        options: values and words to choose from; none where a number is typed.
        first: it stands in the bar at once, not under “more”.
    """

    name: str
    label: str
    told: str
    fault: str
    options: tuple[tuple[str, str], ...]
    first: bool


class Asked(msgspec.Struct, frozen=True):
    """What an address asks for; ``wanted`` stands only where there are no ``faults``."""

    wanted: Wanted
    words: str
    filters: tuple[Filter, ...]
    since: str
    until: str
    has_day: bool
    order: str
    after: str
    faults: Mapping[str, str]

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.since or self.until or any(f.told for f in self.filters))

    @property
    def more(self) -> bool:
        """Whether a filter under “more” is in use."""
        return any(f.told for f in self.filters if not f.first)


def asked(address: QueryDict, kind: Kind, pairing: Pairing) -> Asked:
    """The filters of an address."""
    faults: dict[str, str] = {}
    values: dict[str, Any] = {}
    shown: list[Filter] = []
    for name in filters(kind):
        field = kind.field(name)
        text = address.get(name, "").strip()[:100]
        is_reference = isinstance(field.value, Reference)
        if text:
            try:
                values[name] = text if is_reference else field.value.read(text, Context())
            except Unreadable as refusal:
                faults[name] = refusal.en if english() else refusal.zh
        options = _options(field.value, name, pairing)
        first = field.listed and (not is_reference or name in _CHOSEN)
        shown.append(Filter(name, label(field), text, faults.get(name, ""), options, first))
    has_day = any(f.name == "day" for f in kind.fields)
    days = {name: _day(address, name, faults) if has_day else None for name in ("since", "until")}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        faults["until"] = _("止日早于起日。")
    words = " ".join(address.get("q", "").split())[:100]
    wanted = Wanted(
        tuple(words.split()[:_MOST_WORDS]), values, **days, withdrawn=address.get("withdrawn") == "1"
    )
    since, until = (address.get(name, "").strip()[:20] if has_day else "" for name in ("since", "until"))
    order, after = address.get("order", "")[:40], address.get("after", "")[:400]
    return Asked(wanted, words, tuple(shown), since, until, has_day, order, after, faults)


def _day(address: QueryDict, name: str, faults: dict[str, str]) -> Any:
    try:
        return Day().read(address.get(name, "").strip()[:20], Context())
    except Unreadable as refusal:
        faults[name] = refusal.en if english() else refusal.zh
        return None


def _options(value: Any, name: str, pairing: Pairing) -> tuple[tuple[str, str], ...]:
    if isinstance(value, AreaKey):
        return tuple((key, a.name_en if english() else a.name_zh) for key, a in load_areas().items())
    if isinstance(value, Reference):
        if value.kind not in _CHOSEN:
            return ()
        model: Any = {"team": Team, "term": Term}[value.kind]
        found = model.objects.filter(pairing=pairing, withdrawn=False).order_by("key")[:200]
        return tuple((one.key, f"{one.key} {name_of(one)}") for one in found)
    return tuple((str(o.value), o.en if english() else o.zh) for o in value.options)

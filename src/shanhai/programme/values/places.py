"""Places: a county's code, and what lies within it, such as a township."""

import re
from typing import Any

import msgspec

from shanhai.catalogue.places import PlaceLevel, PlaceRecord, load_gazetteer
from shanhai.programme.values.value import Context, Told, Unreadable, plain_text

_PARTS = re.compile(r"[;,、\n]|；|，")
_CODE = re.compile(r"(\d{9}|\d{6})(.*)")
_BELOW = frozenset("镇乡村街")
"""洛隆镇 is no 镇 of 洛隆县: what follows a county's short name would make another name."""
_LONGEST_WITHIN = 40
MOST = 40


class Places(msgspec.Struct, frozen=True):
    """Places, one or several: ``[["540329", "孜托镇"]]``, code and what lies within it.

    Attributes:
        most: so many at most.
    """

    most: int = MOST

    def read(self, told: Told, context: Context) -> list[list[str]] | None:
        """The places that ``洛隆县孜托镇；边坝县`` or ``540329孜托镇`` name."""
        parts = [part.strip() for part in _PARTS.split(plain_text(told)) if part.strip()]
        if len(parts) > self.most:
            raise Unreadable(
                f"地点太多：{len(parts)}处，最多{self.most}处。",
                f"Too many places: {len(parts)}, at most {self.most}.",
            )
        return [list(code_of(part, context.receiving_code)) for part in parts] or None

    def shown(self, value: Any, english: bool = False) -> str:
        """Their names."""
        return "；".join(f"{_name(code)}{within}" for code, within in value or ())

    def plain(self, value: Any) -> Any:
        """As they are kept."""
        return value

    def note(self) -> tuple[str, str]:
        """How to write them."""
        return "县名加乡镇，几处用分号隔开", "county and township; semicolons between several"


def code_of(text: str, receiving: str) -> tuple[str, str]:
    """The code of the place that a text begins with, and the rest of the text; a township's is that of its county.

    Args:
        text: a place's code or name, then perhaps a township's or village's.
        receiving: the code within which a bare name is looked for first.

    Raises:
        Unreadable: no place, several, or one whose code has ended.
    """
    places = load_gazetteer()
    if found := _CODE.fullmatch(text):
        code, rest = found.groups()
        record = places.by_code(code)
        if record is None:
            raise Unreadable(
                f"没有{code}这个行政区划代码。请改写地名，或核对代码。",
                f"There is no place code {code}. Write the name, or check the code.",
            )
        return _with_county(_in_force(record), _rest(rest, record))
    for length in range(len(text), 1, -1):
        candidates = places.resolve(text[:length], receiving or None) or places.named(text[:length])
        if candidates and text[length : length + 1] not in _BELOW:
            return _with_county(_one(text[:length], candidates), _rest(text[length:], candidates[0]))
    raise Unreadable(
        f"地名表中没有“{text[:40]}”。请写县级以上地名的全称，后接乡镇。",
        f"The gazetteer knows no place “{text[:40]}”. Write the full name of a county or above, then the township.",
    )


def _one(name: str, candidates: tuple[PlaceRecord, ...]) -> str:
    now = [r for r in candidates if r.is_current]
    if len({r.code for r in now}) == 1:
        return now[0].code
    if not now and len({r.code for r in candidates}) == 1:
        return _in_force(candidates[0])
    listed = "、".join(sorted({f"{full_name(r)}（{r.code}）" for r in now or candidates})[:8])
    raise Unreadable(f"“{name}”可能是：{listed}。请写代码。", f"“{name}” may be: {listed}. Write the code.")


def _with_county(code: str, rest: str) -> tuple[str, str]:
    """A township as what lies within its county, so that one place is written in one way."""
    record = load_gazetteer().by_code(code)
    if record is None or record.level is not PlaceLevel.TOWN:
        return code, rest
    return record.parent, f"{record.name}{rest}"


def _in_force(record: PlaceRecord) -> str:
    if record.is_current:
        return record.code
    after = load_gazetteer().current(record.code)
    listed = "、".join(f"{r.code} {full_name(r)}" for r in after) or "—"
    raise Unreadable(
        f"代码{record.code}（{record.name}）自{record.ends}年起已停用。现为：{listed}。请改用现行代码。",
        f"The code {record.code} ({record.name}) ended in {record.ends}. Now: {listed}. Write the code in force.",
    )


def _rest(text: str, record: PlaceRecord) -> str:
    rest = text.strip()
    if rest and record.level in (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE):
        raise Unreadable(
            f"地名表中没有“{record.name}{rest[:20]}”。请写到县，后接乡镇。",
            f"The gazetteer knows no place “{rest[:20]}” in {record.name}. Name the county, then the township.",
        )
    if len(rest) > _LONGEST_WITHIN:
        raise Unreadable(
            f"“{rest[:20]}…”太长，最多{_LONGEST_WITHIN}个字。",
            f"“{rest[:20]}…” is too long; at most {_LONGEST_WITHIN} characters.",
        )
    return rest


def full_name(record: PlaceRecord) -> str:
    """A place's name with those of the places above it."""
    above = load_gazetteer().ancestors(record.code)
    return "".join(r.name for r in (*reversed(above), record))


def _name(code: str) -> str:
    record = load_gazetteer().by_code(code)
    return record.name if record else code

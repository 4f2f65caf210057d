"""What the register says to a number, with its records one step away."""

from collections.abc import Callable

from shanhai.publishing.checked_page.words import message
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.words import Word, both, said
from shanhai.reasoning.checked import Judged
from shanhai.reasoning.register import Kept

_REGISTER = Word("台账怎么说", "what the register says")
_RECORDS = Word("记录", "records")
_EXPLAINS = Word("正好相差", "just the difference")


def register_told(judged: Judged, address: Callable[[Kept], str] | None) -> str:
    """The register's answer as HTML; "" where none was asked.

    Args:
        judged: the number.
        address: where a record is opened, "" where nowhere.
    """
    answer = judged.register
    if answer is None:
        return ""
    why = "" if answer.why == judged.why else message(answer.why, "why", (judged.claim.quote,))
    if not why and not answer.records:
        return ""
    records = "".join(f"<li>{_record(one, address)}</li>" for one in answer.records)
    more = answer.count - len(answer.records)
    if records and more > 0:
        records += f'<li class="soft">{both(Word(f"等 {answer.count:,} 条", f"of {answer.count:,}"))}</li>'
    listed = f'<ul class="records" aria-label="{said(_RECORDS)}">{records}</ul>' if records else ""
    return f'<div class="register"><p class="part-name">{both(_REGISTER)}</p>\n{why}{listed}</div>\n'


def _record(one: Kept, address: Callable[[Kept], str] | None) -> str:
    where = address(one) if address else ""
    name = f"<bdi>{escape(one.key)}</bdi>"
    told = f'<a class="to-record" href="{escape(where)}">{name}</a>' if where else f"<b>{name}</b>"
    return f'{told} <span class="soft">{both(_EXPLAINS)}</span>' if one.explains else told

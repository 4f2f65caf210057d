"""Events of briefs that were merged into an activity go back to wait, when the activity's entry is undone."""

import datetime
from typing import Any

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.models import Entry
from shanhai.programme.models import Brief, BriefItem


def merges_of(entry: Entry) -> list[Entry]:
    """The entries about briefs that go with an entry about an activity: those of the same merge."""
    subject, _, rest = entry.subject.partition(":")
    pairing, _, key = rest.partition("/")
    if subject != "activity" or entry.action != "enter":
        return []
    found = Entry.objects.filter(
        number__gt=entry.number,
        action="merge brief",
        subject__startswith=f"brief:{pairing}/",
        at=entry.at,
        by=entry.by,
    )
    return [one for one in found.order_by("number") if (one.new or {}).get("activity") == key]


def give_items_back(merges: list[Entry], *, actor: Actor, why: str, at: datetime.datetime) -> None:
    """Let the events of these merges wait again. It belongs into the transaction of the undoing."""
    for merge in merges:
        told: Any = merge.new
        pairing, _, key = merge.subject.partition(":")[2].partition("/")
        brief = Brief.objects.select_for_update(of=("self",)).get(pairing__key=pairing, key=key)
        items = brief.items.filter(
            number__in=told["items"], activity__key=told["activity"], state=BriefItem.State.MERGED
        )
        numbers = sorted(items.values_list("number", flat=True))
        if not numbers:
            continue
        items.update(state=BriefItem.State.CONFIRMED, activity=None)
        before = brief.state
        if brief.state == Brief.State.MERGED:
            brief.state = Brief.State.CONFIRMED
        brief.revision += 1
        brief.save(update_fields=("state", "revision"))
        old = {"state": before, "activity": told["activity"]}
        new = {"state": brief.state, "items": numbers, "undoes": merge.number}
        audit(actor, "unmerge brief", merge.subject, at=at, old=old, new=new, why=why)

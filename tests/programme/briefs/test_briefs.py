"""From a pasted text to the register: proposed, confirmed by the sender, merged by the office."""

import datetime
from typing import Any

import pytest

from shanhai.ledger import verify
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Entry, Pairing, Role, Source
from shanhai.ledger.rights import RIGHTS
from shanhai.programme.actions.briefs import confirm, decide, give_back, send
from shanhai.programme.actions.merging import merge
from shanhai.programme.actions.records import Refused
from shanhai.programme.actions.undo import undo, would_undo
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.fields import shown
from shanhai.programme.briefs.reminders import Due, calendar
from shanhai.programme.models import Activity, Brief
from shanhai.programme.queries.briefs import briefs as seen
from shanhai.programme.queries.briefs import missing, to_merge

from ..conftest import NOON, Enter, arrival, day

LATER = NOON + datetime.timedelta(hours=1)
AUGUST = datetime.date(2023, 8, 1)
TEXT = """八月工作简报
2023年8月14日，在洛隆县举办乡镇医护急救培训，培训医护人员42人。
2023年8月20日，在洛隆县开展义诊，诊疗群众230人次。
下一步计划培训200人。
"""
AGAIN = "个人八月小结\n2023年8月15日，在洛隆县参加举办急救培训班1期，培训医护人员40人。\n"


@pytest.fixture
def people(enter: Enter) -> dict[str, Any]:
    term = enter("term", "P10", batch=10, starts=day("2022-07-01"), ends=day("2025-07-01"))
    team = enter("team", "T10", name="第十批工作队", term=term)
    about = {"team": team, "profession": "doctor", "sending_unit": "市医院", "starts": day("2022-07-20")}
    one = enter("member", "Y1", name="队员甲", **about)
    other = enter("member", "Y2", name="队员乙", **about)
    enter("member", "Y3", name="队员丙", ends=day("2023-07-31"), **about)
    return {"team": team, "one": one, "other": other}


def reporter(pairing: Pairing, name: str = "reporter") -> Actor:
    return Actor(name, scoped={pairing.pk: RIGHTS[Role.REPORTER]})


def source(pairing: Pairing, actor: Actor, text: str = TEXT) -> Source:
    return receive(arrival(text, f"{text[:6]}.txt"), actor=actor, pairing=pairing, at=NOON).source


def test_from_text_to_the_register(pairing: Pairing, clerk: Actor, people: dict[str, Any]) -> None:
    sender = reporter(pairing)
    brief = send(
        pairing, people["team"], people["one"], AUGUST, actor=sender, source=source(pairing, sender), at=NOON
    )
    events = [Event.of(item.proposed) for item in brief.items.all()]
    assert [(e.sort, e.day, e.places, e.counts) for e in events] == [
        ("training", day("2023-08-14"), (("540329", ""),), {"trained": 42}),
        ("clinic", day("2023-08-20"), (("540329", ""),), {"treated": 230}),
    ]
    assert [e.name for e in events] == ["乡镇医护急救培训", "义诊"]
    assert events[0].sentence.startswith("2023年8月14日，在洛隆县举办乡镇医护急救培训")
    assert all(item.statements.count() for item in brief.items.all())
    with pytest.raises(NotPossible, match="2 items wait"):
        confirm(brief, actor=sender, at=NOON)
    told = shown(events[0]) | {"name": "乡镇医护急救培训", "counts": "参训人数 42；天数 2"}
    decide(brief, 1, "confirmed", actor=sender, told=told, at=NOON)
    decide(brief, 2, "dropped", actor=sender, at=NOON)
    brief = confirm(brief, actor=sender, at=NOON)
    with pytest.raises(NotPossible, match="with the office"):
        decide(brief, 2, "confirmed", actor=sender, at=NOON)
    rows, _ = to_merge(pairing)
    activity = merge(pairing, [rows[0].item.pk], actor=clerk, at=NOON)
    assert (activity.name, activity.counts, activity.evidence) == (
        "乡镇医护急救培训", {"trained": 42, "days": 2}, "简报J1",
    )  # fmt: skip
    assert activity.member == people["one"]
    brief.refresh_from_db()
    assert brief.state == Brief.State.MERGED
    actions = list(
        Entry.objects.filter(subject="brief:cq-cd/J1").order_by("number").values_list("action", flat=True)
    )
    assert actions == ["send brief", "decide brief item", "decide brief item", "confirm brief", "merge brief"]
    assert list(verify.verify()) == []


def test_two_reports_of_one_event_are_offered_and_become_one(
    pairing: Pairing, clerk: Actor, people: dict[str, Any]
) -> None:
    for who, text in (("one", TEXT), ("other", AGAIN)):
        sender = reporter(pairing, who)
        brief = send(
            pairing,
            people["team"],
            people[who],
            AUGUST,
            actor=sender,
            source=source(pairing, sender, text),
            at=NOON,
        )
        for item in brief.items.all():
            decide(brief, item.number, "confirmed", actor=sender, at=NOON)
        confirm(brief, actor=sender, at=NOON)
    rows, known = to_merge(pairing)
    alike = {(row.event.sort, row.item.brief.key): [a.other for a in row.alike] for row in rows}
    trainings = [row.item.pk for row in rows if row.event.sort == "training"]
    assert alike["training", "J1"] == [str(trainings[1])]
    assert alike["training", "J2"] == [str(trainings[0])]
    assert alike["clinic", "J1"] == []
    assert not known
    assert not Activity.objects.exists(), "nothing is merged by itself"
    activity = merge(pairing, trainings, actor=clerk, at=NOON)
    assert activity.counts == {"trained": 42}
    assert (activity.day, activity.ends) == (day("2023-08-14"), day("2023-08-15"))
    assert activity.member is None
    with pytest.raises(NotPossible, match="Load the page again"):
        merge(pairing, trainings, actor=clerk, at=NOON)

    entry = Entry.objects.filter(subject=f"activity:cq-cd/{activity.key}").latest("number").number
    looked = would_undo(entry, actor=clerk)
    assert (looked.refusal, looked.briefs) == (None, ("J1", "J2"))
    made = undo(entry, actor=clerk, at=LATER)
    assert (made.action, made.new["undoes"]) == ("undo", entry)
    assert Activity.objects.get().withdrawn
    again, _ = to_merge(pairing)
    assert sorted(row.item.pk for row in again if row.event.sort == "training") == sorted(trainings)
    assert set(Brief.objects.values_list("state", flat=True)) == {Brief.State.CONFIRMED}
    with pytest.raises(NotPossible, match="Merge them again"):
        undo(made.number, actor=clerk, at=LATER)
    other = merge(pairing, trainings, actor=clerk, at=LATER)
    assert (other.key != activity.key, other.counts) == (True, {"trained": 42})
    assert list(verify.verify()) == []


def test_a_later_report_is_offered_for_what_the_register_has(
    pairing: Pairing, clerk: Actor, people: dict[str, Any], enter: Enter
) -> None:
    enter(
        "activity", "D7", sort="training", name="急救培训", day=day("2023-08-13"), places=[["540329", "孜托镇"]],
        counts={"trained": 42},
    )  # fmt: skip
    sender = reporter(pairing)
    brief = send(
        pairing, people["team"], None, AUGUST, actor=sender, source=source(pairing, sender, AGAIN), at=NOON
    )
    decide(brief, 1, "confirmed", actor=sender, at=NOON)
    confirm(brief, actor=sender, at=NOON)
    (row,), known = to_merge(pairing)
    assert [a.other for a in row.alike] == ["D7"]
    assert list(known) == ["D7"]
    activity = merge(pairing, [row.item.pk], into="D7", actor=clerk, at=NOON)
    assert (activity.key, activity.counts, activity.places) == ("D7", {"trained": 42}, [["540329", "孜托镇"]])
    assert Activity.objects.count() == 1


def test_what_is_corrected_must_be_readable(pairing: Pairing, people: dict[str, Any]) -> None:
    sender = reporter(pairing)
    brief = send(pairing, people["team"], people["one"], AUGUST, actor=sender, at=NOON)
    told = {
        "sort": "培训",
        "name": "讲座",
        "day": "2023-02-30",
        "counts": "参训人数 若干",
        "places": "洛隆县",
    }
    with pytest.raises(Refused) as refused:
        decide(brief, 0, "confirmed", actor=sender, told=told, at=NOON)
    assert {p.field for p in refused.value.problems} == {"day", "counts"}
    assert not brief.items.exists()
    decide(
        brief,
        0,
        "confirmed",
        actor=sender,
        told=told | {"day": "2023-08-03", "counts": "参训人数 20"},
        at=NOON,
    )
    assert Event.of(brief.items.get().proposed).counts == {"trained": 20}


def test_who_may_do_what(pairing: Pairing, clerk: Actor, people: dict[str, Any]) -> None:
    reader = Actor("reader", scoped={pairing.pk: RIGHTS[Role.READER]})
    other = reporter(pairing, "other")
    with pytest.raises(NotAllowed):
        send(pairing, people["team"], None, AUGUST, actor=reader, at=NOON)
    sender = reporter(pairing)
    brief = send(
        pairing, people["team"], None, AUGUST, actor=sender, source=source(pairing, sender, AGAIN), at=NOON
    )
    with pytest.raises(NotAllowed):
        decide(brief, 1, "confirmed", actor=other, at=NOON)
    decide(brief, 1, "confirmed", actor=clerk, at=NOON)
    brief = confirm(brief, actor=sender, at=NOON)
    for actor in (sender, other, reader):
        with pytest.raises(NotAllowed):
            merge(pairing, [brief.items.get().pk], actor=actor, at=NOON)
        with pytest.raises(NotAllowed):
            give_back(brief, "地点不清", actor=actor, at=NOON)
    assert not seen(reader).exists(), "briefs name members"
    back = give_back(brief, "地点不清", actor=clerk, at=NOON)
    assert back.state == Brief.State.RETURNED
    decide(back, 1, "dropped", actor=sender, at=NOON)


def test_a_text_is_reported_once_and_of_a_month_that_has_come(
    pairing: Pairing, people: dict[str, Any]
) -> None:
    sender = reporter(pairing)
    text = source(pairing, sender)
    send(pairing, people["team"], None, AUGUST, actor=sender, source=text, at=NOON)
    with pytest.raises(NotPossible, match="J1"):
        send(pairing, people["team"], None, AUGUST, actor=sender, source=text, at=NOON)
    with pytest.raises(NotPossible, match="yet to come"):
        send(pairing, people["team"], None, day("2024-04-01"), actor=sender, at=NOON)


def test_who_has_not_reported(pairing: Pairing, clerk: Actor, people: dict[str, Any]) -> None:
    assert [m.key for m in missing(clerk, pairing, AUGUST)] == ["Y1", "Y2"]
    assert [m.key for m in missing(clerk, pairing, day("2023-07-01"))] == ["Y1", "Y2", "Y3"]
    send(pairing, people["team"], people["one"], AUGUST, actor=clerk, at=NOON)
    assert [m.key for m in missing(clerk, pairing, AUGUST)] == ["Y2"]
    send(pairing, people["team"], None, AUGUST, actor=clerk, at=NOON)
    assert missing(clerk, pairing, AUGUST) == []


def test_reminders_are_a_calendar_with_the_same_bytes() -> None:
    due = [
        Due("Y2", "报送8月简报", "send the brief", day("2023-08-31")),
        Due("Y1", "甲", "A", day("2023-08-31")),
    ]
    made = calendar("cq-cd", due, NOON)
    assert made == calendar("cq-cd", due[::-1], NOON)
    text = made.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "UID:cq-cd-2023-08-Y1@shanhai\r\n" in text
    assert "DTSTART;VALUE=DATE:20230831\r\n" in text
    assert "SUMMARY:报送8月简报\r\n" in text


@pytest.mark.parametrize("behind", ["taken away", "put in", "changed"])
def test_a_sentence_taken_from_an_item_shows(
    pairing: Pairing, clerk: Actor, people: dict[str, Any], behind: str
) -> None:
    text = source(pairing, clerk)
    brief = send(pairing, people["team"], None, AUGUST, actor=clerk, source=text, at=NOON)
    assert list(verify.verify()) == []
    first, second = brief.items.order_by("number")
    if behind == "taken away":
        first.statements.clear()
    elif behind == "put in":
        first.statements.add(*second.statements.all())
    else:
        first.statements.set(second.statements.all())
    assert list(verify.verify()) != []

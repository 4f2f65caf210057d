"""Arrangement, term, team, hand-over and open matter."""

from collections.abc import Iterator

from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem, in_order
from shanhai.programme.kinds.loops import no_loop
from shanhai.programme.models import Arrangement, Handover, Mode, OpenMatter, Record, Team, Term
from shanhai.programme.values import Choice, Count, Day, Reference, Text, options_of

TERM = Reference("term", "批次", "term")
TEAM = Reference("team", "工作队", "team")
MEMBER = Reference("member", "队员", "member")
STARTS = Field("starts", "开始日期", "From", Day(), required=True, example="2022-07-20", listed=True)
ENDS = Field("ends", "结束日期", "To", Day(), required=True, example="2025-07-19", listed=True)
ENDS_AFTER = in_order("starts", "ends", "结束早于开始", "The end lies before the begin")


def _one_arrangement(draft: Draft) -> Iterator[Problem]:
    others = Arrangement.objects.filter(pairing=draft.pairing, withdrawn=False).exclude(key=draft.key)
    if others.exists():
        yield Problem(
            "",
            f"该结对已有一条结对安排（{others[0].key}）。请修改它，或先撤下它。",
            f"The pairing has an arrangement ({others[0].key}). Change it, or withdraw it first.",
        )


def _terms_apart(draft: Draft) -> Iterator[Problem]:
    starts, ends = draft.values.get("starts"), draft.values.get("ends")
    if not starts or not ends:
        return
    same = Term.objects.filter(pairing=draft.pairing, withdrawn=False, batch=draft.values["batch"])
    for other in same.exclude(key=draft.key):
        if other.phase == (draft.values.get("phase") or ""):
            yield Problem(
                "batch",
                f"第{other.batch}批{other.phase}已登记为{other.key}。",
                f"Batch {other.batch} {other.phase} is there as {other.key}.",
            )


def _onward(draft: Draft) -> Iterator[Problem]:
    before, after = draft.values.get("from_term"), draft.values.get("to_term")
    if before and after and (before == after or after.starts < before.starts):
        yield Problem(
            "to_term",
            "接手批次须晚于移交批次。请核对。",
            "The term that takes over must come after the one that hands over.",
        )


def _signed_stays(draft: Draft) -> Iterator[Problem]:
    """A signed hand-over is what both have signed."""
    before = draft.before
    if isinstance(before, Handover) and before.signed and not before.withdrawn and _changes(HANDOVER, draft):
        yield _signed(before)


def _on_signed_list(draft: Draft) -> Iterator[Problem]:
    """What stands on a signed list stays as signed but for its state; nothing is added to one."""
    before, target = draft.before, draft.values.get("handover")
    if not isinstance(before, OpenMatter):
        if target is not None and target.signed:
            yield _signed(target)
    elif not before.withdrawn and _changes(MATTER, draft) - {"state"}:
        lists = {one.pk: one for one in (before.handover, target) if one is not None and one.signed}
        yield from map(_signed, lists.values())


def _changes(kind: Kind, draft: Draft) -> set[str]:
    was = kind.values_of(draft.before) if draft.before else {}
    return {name for name, value in draft.values.items() if was.get(name) != value}


def _keeps_signed(record: Record) -> Iterator[Problem]:
    handover = record.handover if isinstance(record, OpenMatter) else record
    if isinstance(handover, Handover) and handover.signed:
        yield _signed(handover)


def _signed(handover: Handover) -> Problem:
    return Problem(
        "",
        f"交接清单{handover.key}已于{handover.day}签字，不能再改。有变动的，请另建一份交接清单。",
        f"The hand-over list {handover.key} was signed on {handover.day} and stays as it is. For what changed since, make "
        "another list.",
    )


ARRANGEMENT = Kind(
    "arrange",
    "结对安排",
    "arrangement",
    "arrangements",
    Arrangement,
    (
        Field(
            "mode",
            "帮扶方式",
            "Mode",
            Choice(
                options_of(
                    Mode, "paired assistance", "east–west cooperation", "designated assistance", "other"
                )
            ),
            required=True,
            example="对口支援",
            listed=True,
        ),
        Field("since", "始于", "Since", Day(), required=True, example="1995-01-01", listed=True),
        Field("until", "止于", "Until", Day(), listed=True),
        Field(
            "umbrella",
            "上级结对代号",
            "Part of pairing",
            Reference("pairing", "结对", "pairing"),
            note_zh="如省级结对之下的市级结对",
            note_en="such as a city's pairing within a province's",
        ),
    ),
    (_one_arrangement, in_order("since", "until", "止于早于始于", "The end lies before the begin")),
    prefix="A",
    among=True,
)
TERM_KIND = Kind(
    "term",
    "批次",
    "term",
    "terms",
    Term,
    (
        Field("batch", "批次", "Batch", Count(), required=True, example="10", listed=True),
        Field("phase", "阶段", "Phase", Text(30), example="第一阶段", listed=True),
        STARTS,
        ENDS,
    ),
    (ENDS_AFTER, _terms_apart),
    prefix="P",
    among=True,
)
TEAM_KIND = Kind(
    "team",
    "工作队",
    "team",
    "teams",
    Team,
    (
        Field("name", "名称", "Name", Text(60), required=True, example="第十批工作队", listed=True),
        Field("term", "批次编号", "Term", TERM, required=True, example="P10", listed=True),
        Field("parent", "上级工作队编号", "Part of", TEAM, listed=True),
    ),
    (no_loop("parent", "上级工作队", "team above"),),
    prefix="T",
)
HANDOVER = Kind(
    "handover",
    "交接",
    "hand-over",
    "hand-overs",
    Handover,
    (
        Field("from_term", "移交批次编号", "From term", TERM, required=True, example="P9", listed=True),
        Field("to_term", "接手批次编号", "To term", TERM, required=True, example="P10", listed=True),
        Field("day", "交接日期", "Day", Day(), listed=True, example="2022-07-20"),
        Field("given_by", "移交人", "Given by", Text(60), listed=True),
        Field("taken_by", "接手人", "Taken by", Text(60), listed=True),
    ),
    (_onward, _signed_stays),
    prefix="H",
    keeps=(_keeps_signed,),
)
MATTER = Kind(
    "matter",
    "未了事项",
    "open matter",
    "open matters",
    OpenMatter,
    (
        Field(
            "handover",
            "交接编号",
            "Hand-over",
            Reference("handover", "交接", "hand-over"),
            required=True,
            example="H1",
            listed=True,
        ),
        Field(
            "about",
            "涉及",
            "About",
            Text(100),
            note_zh="记录的编号，如project:ZX-012",
            note_en="a record, such as project:ZX-012",
            listed=True,
        ),
        Field("summary", "事项", "Matter", Text(300), required=True, example="消防验收尚未完成", listed=True),
        Field(
            "state",
            "状态",
            "State",
            Choice(options_of(OpenMatter.State, "open", "taken over", "done")),
            listed=True,
            example="未了",
        ),
        Field("due", "期限", "Due", Day(), listed=True, example="2022-12-31"),
        Field("successor", "接手队员编号", "Successor", MEMBER, listed=True),
        Field("note", "交接说明", "Note", Text(300), listed=True, example="材料在县局档案室"),
    ),
    (_on_signed_list,),
    prefix="M",
    keeps=(_keeps_signed,),
)

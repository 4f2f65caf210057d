"""Plans as a graph of versions: looked at, asked for, approved, refused, taken back. Approving one applies it to its project.

A version follows those that it was made from. Two that follow the same one are concurrent: when one of them is approved, the
other cannot be any more; a version that follows both says what shall hold.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import Conflict, NotPossible, NotThere
from shanhai.ledger.models import Entry
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.keeping import subject_of
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.checks import (
    EVENTS,
    PROJECT,
    context_for,
    require_follows_what_holds,
    require_merged,
    require_sound,
    taken_in,
)
from shanhai.programme.plans.effect import effect_of
from shanhai.programme.plans.graph import Graph, content_of, fields_of, restored
from shanhai.programme.shares import kept

ASK, APPROVE, REFUSE, TAKE_BACK = "ask for plan", "approve plan", "refuse plan", "take back plan"
PLAN_ACTIONS = frozenset({ASK, APPROVE, REFUSE, TAKE_BACK})
_LONGEST_DOCUMENT = 100
RIGHT_FOR = {APPROVE: Right.APPROVE, REFUSE: Right.APPROVE, ASK: Right.RECORD, TAKE_BACK: Right.RECORD}
"""What each action needs, and taking it back as well."""


class Asked(msgspec.Struct, frozen=True):
    """What is asked for.

    Attributes:
        values: new values of plan fields, as forms read them; what is left out stays as in what it follows.
        reason: why.
        follows: the numbers of the versions that it is made from; the one in force where None.
        taken_in: numbers of money events of the project, out of plan, that enter the plan.
        seen: the mark of the effect that was looked at; "" where none needs to have been.
    """

    values: Mapping[str, Any] = {}
    reason: str = ""
    follows: Sequence[int] | None = None
    taken_in: Sequence[str] = ()
    seen: str = ""


class Looked(msgspec.Struct, frozen=True):
    """A version as it would be, with what it would do.

    Attributes:
        follows: the numbers of the versions that it is made from.
        content: the plan's fields, and what enters the plan.
        effect: as ``plans.effect`` tells it.
    """

    follows: tuple[int, ...]
    content: dict[str, Any]
    effect: dict[str, Any]

    @property
    def mark(self) -> str:
        """What is the same only while the version would do the same."""
        told = msgspec.json.encode((self.content, self.effect), order="deterministic")
        return hashlib.sha256(told).hexdigest()[:32]


def look(project: Project, asked: Asked) -> Looked:
    """What a request would come to, before anything is kept. Who calls this has asked the gate for the project.

    Raises:
        Refused: the plan cannot be as it was told.
        NotPossible: nothing would change, or what it follows cannot be followed.
    """
    graph = Graph.of(project)
    follows = graph.to_follow(asked.follows)
    told = _plain(asked.values)
    base, torn = graph.base(project, follows)
    require_merged(torn, told)
    content = {**base, **told}
    events = taken_in(project, graph, asked.taken_in)
    require_sound(project, content, asked.values)
    if follows and len(follows) == 1 and content == base and not events:
        raise NotPossible(
            "申请的内容与现行计划相同，没有变化。", "The request changes nothing of the plan that it follows."
        )
    if events:
        content[EVENTS] = events
    return Looked(follows, content, effect_of(project, content, graph.concurrent(follows)))


def look_at(version: PlanVersion, graph: Graph) -> Looked:
    """What an open version would come to if it were approved now."""
    follows = graph.follows[version.number]
    effect = effect_of(version.project, version.content, graph.concurrent(follows, version.number))
    return Looked(follows, version.content, effect)


@transaction.atomic
def ask(project: Project, asked: Asked, *, actor: Actor, at: datetime.datetime | None = None) -> PlanVersion:
    """Ask for a version of a project's plan; the first is made from the project's plan as it stands.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        Refused: the plan cannot be as it was told.
        NotPossible: nothing would change, no reason is given, or what it follows cannot be followed.
        Conflict: its effect is no longer what was seen.
    """
    actor.require(Right.RECORD, project.pairing_id)
    take(Turn.REGISTER)
    project = _locked(project)
    looked = look(project, asked)
    follows = looked.follows
    if follows and not asked.reason.strip():
        raise NotPossible("请写明变更原因。", "Say why the plan shall change.")
    _require_seen(looked, asked.seen)
    graph = Graph.of(project)
    number = max(graph.versions, default=0) + 1
    version = PlanVersion.objects.create(
        project=project,
        number=number,
        content=looked.content,
        effect=looked.effect,
        reason=asked.reason.strip(),
        state=PlanVersion.State.ASKED,
        asked_by=actor.name,
        asked_at=at or timezone.now(),
    )
    version.follows.set([graph.versions[n] for n in follows])
    new = {"version": number, "state": version.state, "follows": list(follows), "content": looked.content}
    _enter(actor, ASK, project, None, new, version.reason, version.asked_at)
    return version


@transaction.atomic
def approve(
    version: PlanVersion,
    *,
    document: str,
    said: str = "",
    seen: str = "",
    actor: Actor,
    at: datetime.datetime | None = None,
) -> PlanVersion:
    """Approve a version and apply it to its project. Who approves their own request may, and it is marked in the audit.

    Args:
        version: that was asked for.
        document: the number of the document that approves it.
        said: what the approver adds.
        seen: the mark of the effect that the approver looked at; "" where none needs to have been.
        actor: who approves.
        at: when.

    Raises:
        NotAllowed: the actor may not approve plans.
        NotPossible: no document is named.
        Refused: the plan no longer fits the project.
        Conflict: it was decided already, another version that it does not follow is in force, or its effect is no longer
            what was seen.
    """
    version, graph = _to_decide(version, Right.APPROVE, actor)
    document = " ".join(document.split())
    if not document or len(document) > _LONGEST_DOCUMENT:
        raise NotPossible(
            f"请写明批准文件的文号，最多{_LONGEST_DOCUMENT}个字。",
            f"Name the document that approves it, in {_LONGEST_DOCUMENT} characters at most.",
        )
    require_follows_what_holds(version, graph)
    project = _locked(version.project)
    before = content_of(project)
    wanted = {name: version.content[name] for name in before if name in version.content}
    require_sound(project, wanted, {})
    looked = look_at(version, graph)
    _require_seen(looked, seen)
    version.effect = looked.effect
    merged = [
        graph.versions[n]
        for n in graph.ancestors(version.number)
        if graph.versions[n].state == PlanVersion.State.ASKED
    ]
    when = at or timezone.now()
    for other in merged:
        _decide(other, PlanVersion.State.TAKEN_BACK, actor, when, f"并入第{version.number}版")
    version.document = document
    _decide(version, PlanVersion.State.APPROVED, actor, when, said)
    changed = _apply(project, before, wanted)
    new = {"version": version.number, "state": version.state, "document": document, "fields": changed["new"]}
    if merged:
        new["merged"] = [other.number for other in merged]
    if version.asked_by == actor.name:
        new["own_request"] = True
    old = {"version": version.number, "state": PlanVersion.State.ASKED.value, "fields": changed["old"]}
    _enter(actor, APPROVE, project, old, new, said, when)
    return version


@transaction.atomic
def refuse(
    version: PlanVersion, *, why: str, actor: Actor, at: datetime.datetime | None = None
) -> PlanVersion:
    """Refuse a version that was asked for.

    Raises:
        NotAllowed: the actor may not approve plans.
        NotPossible: no reason is given.
        Conflict: it was decided already.
    """
    if not why.strip():
        raise NotPossible("请写明不批准的原因。", "Say why it is refused.")
    return _turn_down(version, PlanVersion.State.REFUSED, REFUSE, why, actor, at)


@transaction.atomic
def take_back(
    version: PlanVersion, *, why: str = "", actor: Actor, at: datetime.datetime | None = None
) -> PlanVersion:
    """Take a request back before it is decided.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        Conflict: it was decided already.
    """
    return _turn_down(version, PlanVersion.State.TAKEN_BACK, TAKE_BACK, why, actor, at)


def take_decision_back(entry: Entry, *, actor: Actor, why: str, at: datetime.datetime) -> Entry:
    """Take back an entry about a plan: a decision is open again, a request is taken back.

    Raises:
        NotThere: there is no such project that the actor may see.
        NotAllowed: the actor has not the right for it.
        Conflict: the version or its project does not stand as the entry left it.
    """
    version, graph = _of_entry(entry, actor)
    project = _locked(version.project)
    new: Any = entry.new or {}
    old: Any = entry.old or {}
    fields: dict[str, Any] = new.get("fields", {})
    stands = content_of(project)
    followed = [n for n, before in graph.follows.items() if version.number in before]
    later = [n for n in followed if graph.versions[n].state == PlanVersion.State.APPROVED]
    if version.state != new["state"] or later or any(stands[n] != v for n, v in fields.items()):
        raise Conflict(
            f"不能撤销审计第{entry.number}条：{project.key}第{version.number}版计划或项目之后又有变动。请先撤销后来的变动。",
            f"Entry {entry.number} cannot be undone: version {version.number} of the plan of {project.key}, or the project, "
            "was changed after it. Undo the later change first.",
            by=version.decided_by,
            decision=version.state,
        )
    told = {"version": version.number, "state": version.state, "fields": fields}
    if entry.action == ASK:
        _decide(version, PlanVersion.State.TAKEN_BACK, actor, at, why)
    else:
        for number in [*new.get("merged", ()), version.number]:
            _reopen(graph.versions[number])
    back = old.get("fields", {})
    _apply(project, stands, {**stands, **back})
    now = {"undoes": entry.number, "version": version.number, "state": _state(version), "fields": back}
    return _enter(actor, "undo", project, told, now, why, at)


def _require_seen(looked: Looked, seen: str) -> None:
    if seen and seen != looked.mark:
        raise Conflict(
            "影响与您看到的不同：申请的内容、台账或其他申请之后有变动。什么也没有保存，请看现在的影响，再定一次。",
            "The effect is not what you were shown: the request, the register or another request changed after it. Nothing "
            "was stored. Look at the effect as it is now, and decide again.",
            by="",
            decision="",
        )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of plan fields as JSON takes them; what is emptied is the column's own default."""
    told = {f: values[f.name] for f in fields_of() if f.name in values}
    return {f.name: f.value.plain(PROJECT.empty(f.name) if v is None else v) for f, v in told.items()}


def _state(version: PlanVersion) -> str:
    return str(PlanVersion.objects.values_list("state", flat=True).get(pk=version.pk))


def _of_entry(entry: Entry, actor: Actor) -> tuple[PlanVersion, Graph]:
    pairing, _, key = entry.subject.partition(":")[2].partition("/")
    project = Project.objects.filter(pairing__key=pairing, key=key).first()
    if project is None or not actor.may(Right.READ, project.pairing_id):
        raise NotThere(
            "找不到该项目，或您的账号看不到它。", "There is no such project that your account can see."
        )
    actor.require(RIGHT_FOR[entry.action], project.pairing_id)
    graph = Graph.of(project)
    told: Any = entry.new
    return graph.versions[told["version"]], graph


def _turn_down(
    version: PlanVersion,
    state: PlanVersion.State,
    action: str,
    why: str,
    actor: Actor,
    at: datetime.datetime | None,
) -> PlanVersion:
    version, _ = _to_decide(version, RIGHT_FOR[action], actor)
    when = at or timezone.now()
    _decide(version, state, actor, when, why)
    old = {"version": version.number, "state": PlanVersion.State.ASKED.value}
    _enter(actor, action, version.project, old, {"version": version.number, "state": state.value}, why, when)
    return version


def _to_decide(version: PlanVersion, right: Right, actor: Actor) -> tuple[PlanVersion, Graph]:
    """The version as it is now, still open."""
    actor.require(right, version.project.pairing_id)
    take(Turn.REGISTER)
    graph = Graph.of(version.project)
    found = graph.versions[version.number]
    if found.state != PlanVersion.State.ASKED:
        raise Conflict(
            f"第{found.number}版已由{found.decided_by}处理（{found.get_state_display()}）。",
            f"Version {found.number} was decided already, by {found.decided_by}.",
            by=found.decided_by,
            decision=found.state,
        )
    return found, graph


def _decide(
    version: PlanVersion, state: PlanVersion.State, actor: Actor, at: datetime.datetime, said: str
) -> None:
    version.state, version.decided_by, version.decided_at = state, actor.name, at
    version.said = said.strip()
    version.save()


def _reopen(version: PlanVersion) -> None:
    version.state, version.decided_by, version.decided_at = PlanVersion.State.ASKED, "", None
    version.said = version.document = ""
    version.save()


def _apply(project: Project, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Give a project the plan's fields; what changed, before and after."""
    names = [name for name in wanted if wanted[name] != before[name]]
    values = restored({name: wanted[name] for name in names}, context_for(project))
    for name, value in values.items():
        setattr(project, name, PROJECT.empty(name) if value is None else value)
    if names:
        project.revision += 1
        project.save()
        kept.renew(project.pairing, [project.pk])
    return {"old": {n: before[n] for n in names}, "new": {n: wanted[n] for n in names}}


def _enter(
    actor: Actor, action: str, project: Project, old: Any, new: Any, why: str, at: datetime.datetime
) -> Entry:
    subject = subject_of(PROJECT.name, project.pairing.key, project.key)
    return audit(actor, action, subject, at=at, old=old, new=new, why=why.strip())


def _locked(project: Project) -> Project:
    found = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if found.withdrawn:
        raise NotPossible(
            f"项目{found.key}已撤下。请先恢复它。",
            f"The project {found.key} is withdrawn. Bring it back first.",
        )
    return found

"""What is open in a pairing's register and ledger, proposed as matters to be passed on; one function a question."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec
from django.db.models import Q

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import FindingWork, Pairing
from shanhai.model import PromiseState, Severity
from shanhai.programme.kinds.projects import STATUS, USE
from shanhai.programme.models import (
    Activity,
    Asset,
    Balance,
    Match,
    Member,
    Need,
    Project,
    Status,
    Term,
    Use,
    Visit,
)

LONGEST = 300
MOST_FINDINGS = 50
"""Where there are more, one matter stands for all of them."""
_AGREEMENTS = ("agreement", ("signed", "in_force"), "履行中的协议")
_MENTORING = ("mentoring", ("agreed", "under_way"), "进行中的带教")
_LASTING = (_AGREEMENTS, _MENTORING)


class Proposed(msgspec.Struct, frozen=True):
    """One matter that is proposed.

    Attributes:
        sort: what sort of matter, as its summary begins.
        about: the record, as ``KIND:NUMBER``; a source or a finding of the ledger.
        told: the rest of the summary.
        due: until when, where the register knows.
    """

    sort: str
    about: str
    told: str
    due: datetime.date | None = None

    @property
    def summary(self) -> str:
        """The matter in one sentence."""
        text = " ".join(f"{self.sort}：{self.told}".split())
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class Asked(msgspec.Struct, frozen=True):
    """Of what the matters are gathered: a pairing, the term that hands over, as of a day, seen by an actor."""

    pairing: Pairing
    term: Term
    day: datetime.date
    actor: Actor

    @property
    def standing(self) -> Q:
        """The pairing's records that stand."""
        return Q(pairing=self.pairing, withdrawn=False)


def open_matters(asked: Asked) -> list[Proposed]:
    """Everything that is open, in the order of the questions."""
    return [proposed for question in _QUESTIONS for proposed in question(asked)]


def _projects(asked: Asked) -> Iterator[Proposed]:
    over = (Status.CLOSED, Status.CANCELLED)
    for p in Project.objects.filter(asked.standing).exclude(status__in=over).order_by("key"):
        planned = f"，计划{p.planned_end}完工" if p.planned_end else ""
        yield Proposed(
            "未完项目",
            f"project:{p.key}",
            f"{p.key} {p.name}，{STATUS.shown(p.status)}{planned}",
            p.planned_end,
        )


def _money(asked: Asked) -> Iterator[Proposed]:
    balances = Balance.objects.filter(pairing=asked.pairing).select_related("project")
    for b in balances.order_by("project__key", "currency"):
        about = f"project:{b.project.key}" if b.project else f"money:{b.currency}"
        name = f"{b.project.key} {b.project.name}" if b.project else "未列项目的资金"
        if b.idle:
            yield Proposed(
                "闲置资金",
                about,
                f"{name}，到位未用{_amount(b.idle, b.currency)}，最早一笔{b.idle_since}到位",
            )
        if b.committed > b.arrived:
            missing = _amount(b.committed - b.arrived, b.currency)
            yield Proposed("下达未到位", about, f"{name}，已下达尚未到位{missing}")


def _assets(asked: Asked) -> Iterator[Proposed]:
    visits = Visit.objects.filter(asked.standing).order_by("day", "key")
    last = dict(visits.values_list("asset_id", "use"))  # the last visit to each stays
    for asset in Asset.objects.filter(asked.standing).order_by("key"):
        use = last.get(asset.pk, asset.use)
        if use in (Use.IDLE, Use.PARTLY):
            yield Proposed("闲置资产", f"asset:{asset.key}", f"{asset.key} {asset.name}，{USE.shown(use)}")


def _promises(asked: Asked) -> Iterator[Proposed]:
    found = access.promises(asked.actor).filter(
        pairing=asked.pairing, state__in=(PromiseState.DUE, PromiseState.DELAYED)
    )
    rows = found.order_by("due_by", "report__source__sha256", "start")
    for p in rows.select_related("report__source"):
        due = f"，应于{p.due}前兑现" if p.due else ""
        yield Proposed("到期承诺", f"source:{p.report.source.sha256}@{p.start}", f"{p.quote}{due}", p.due_by)


def _findings(asked: Asked) -> Iterator[Proposed]:
    settled = FindingWork.objects.filter(settled=True).values("key")
    grave = (Severity.ERROR, Severity.WARNING)
    found = access.findings(asked.actor).filter(pairing=asked.pairing, severity__in=grave)
    found = found.exclude(key__in=settled).order_by("severity", "key")
    number = found.count()
    if number > MOST_FINDINGS:
        yield Proposed("未决问题", "findings", f"报告中的问题共{number}条未解决，见问题清单")
        return
    for f in found:
        yield Proposed("未决问题", f"finding:{f.key}", f.message_zh)


def _needs(asked: Asked) -> Iterator[Proposed]:
    open_ = (Need.State.OPEN, Need.State.MATCHED)
    for n in Need.objects.filter(asked.standing, state__in=open_).order_by("key"):
        yield Proposed(
            "未落实需求", f"need:{n.key}", f"{n.get_side_display()}：{n.summary}（{n.said_by}）", n.due
        )


def _matches(asked: Asked) -> Iterator[Proposed]:
    open_ = (Match.State.PROPOSED, Match.State.AGREED, Match.State.UNDER_WAY)
    matches = Match.objects.filter(asked.standing, state__in=open_).select_related("need", "offer")
    for m in matches.order_by("key"):
        yield Proposed(
            "未完对接",
            f"match:{m.key}",
            f"{m.need.summary}—{m.offer.summary}，{m.get_state_display()}",
            m.due,
        )


def _lasting(asked: Asked) -> Iterator[Proposed]:
    for sort, stages, name in _LASTING:
        running = Q(sort=sort, stage__in=stages) & (Q(ends=None) | Q(ends__gte=asked.day))
        for a in Activity.objects.filter(asked.standing & running).order_by("key"):
            partner = f"，{a.partner}" if a.partner else ""
            yield Proposed(name, f"activity:{a.key}", f"{a.key} {a.name}{partner}", a.ends)


def _posts(asked: Asked) -> Iterator[Proposed]:
    """Members of the term whom no one follows: at the same post, or as the same profession at the same unit."""
    members = Member.objects.filter(asked.standing).select_related("team", "post").order_by("key")
    leaving = [m for m in members if m.team.term_id == asked.term.pk]
    after = [m for m in members if m.team.term_id != asked.term.pk and m.starts >= asked.term.starts]
    posts = {m.post_id for m in after if m.post_id}
    units = {(m.profession, m.receiving_unit) for m in after if m.receiving_unit}
    for m in leaving:
        if m.post_id in posts or (m.profession, m.receiving_unit) in units:
            continue
        post = m.post.name if m.post else m.get_profession_display()
        yield Proposed("岗位无人接任", f"member:{m.key}", f"{m.receiving_unit} {post}（{m.key}）")


def _amount(amount: Decimal, currency: str) -> str:
    return f"{amount:,.2f}{'元' if currency == 'CNY' else currency}"


_QUESTIONS: tuple[Callable[[Asked], Iterator[Proposed]], ...] = (
    _projects,
    _money,
    _assets,
    _promises,
    _findings,
    _needs,
    _matches,
    _lasting,
    _posts,
)

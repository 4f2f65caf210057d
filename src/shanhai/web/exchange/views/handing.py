"""Hand-overs: the lists of a pairing, gathering what is open, signing, printing."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.access import access_record
from shanhai.programme.actions import handover as actions
from shanhai.programme.actions.records import Told, put
from shanhai.programme.handover.listing import hash_of, matters_of
from shanhai.programme.kinds.terms import HANDOVER
from shanhai.programme.models import Handover, OpenMatter
from shanhai.publishing.printed import handover_page
from shanhai.web.exchange import wording as words
from shanhai.web.exchange.forms import HandoverForm, SignForm
from shanhai.web.exchange.subjects import address_of
from shanhai.web.exchange.views.comparing import PRINTED
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request, pairing: str) -> HttpResponse:
    """The hand-over lists of a pairing; a new one."""
    right = Right.RECORD if request.method == "POST" else Right.READ
    found = access.access_pairing(request.actor, pairing, right)
    form = HandoverForm(request.POST if request.method == "POST" else None, pairing=found)
    if form.is_valid():
        try:
            made = put(HANDOVER, found, Told("", form.cleaned_data), actor=request.actor)
        except NotPossible as refused:
            form.add_error(None, told(refused))
        else:
            return redirect("exchange:handover", found.key, made.key)
    lists = Handover.objects.filter(pairing=found, withdrawn=False).select_related("from_term", "to_term")
    matters = OpenMatter.objects.filter(handover__in=lists, withdrawn=False).order_by()
    done = Count("pk", filter=Q(state=OpenMatter.State.DONE))
    numbers = {
        pk: told_of for pk, *told_of in matters.values_list("handover").annotate(Count("pk"), done=done)
    }
    context = {
        "pairing": found,
        "lists": [(h, *numbers.get(h.pk, (0, 0))) for h in lists.order_by("-pk")],
        "form": form,
        "may_record": request.actor.may(Right.RECORD, found.pk),
        "here": "handovers",
    }
    return render(request, "exchange/handovers.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: Request, pairing: str, key: str) -> HttpResponse:
    """One list with its matters."""
    found = access.access_pairing(request.actor, pairing)
    return _page(request, found, _handover(request, found, key))


@require_POST
def gather(request: Request, pairing: str, key: str) -> HttpResponse:
    """Put everything that is open on the list."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    added = actions.propose(found, key, actor=request.actor, day=timezone.localdate())
    said = ngettext("汇集了%(n)s项。", "汇集了%(n)s项。", added) % {"n": added}
    messages.success(request, said if added else _("没有新的未了事项。"))
    return redirect("exchange:handover", found.key, key)


@require_POST
def sign(request: Request, pairing: str, key: str) -> HttpResponse:
    """Close the list with the names of those who signed."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    handover = _handover(request, found, key)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            actions.sign(found, key, **form.cleaned_data, actor=request.actor)
        except NotPossible as refused:
            form.add_error(None, told(refused))
        else:
            messages.success(request, _("清单已签字，从此不再改动。请打印存档。"))
            return redirect("exchange:handover", found.key, key)
    return _page(request, found, handover, sign=form, status=422)


@require_safe
def printed(request: Request, pairing: str, key: str) -> HttpResponse:
    """The list, to be printed; it names people."""
    found = access.access_pairing(request.actor, pairing, Right.PEOPLE)
    response = HttpResponse(handover_page(_handover(request, found, key)))
    response["Content-Security-Policy"] = PRINTED
    return response


def _handover(request: Request, pairing: Pairing, key: str) -> Handover:
    record = access_record(request.actor, HANDOVER, pairing, key)
    assert isinstance(record, Handover)
    return record


def _page(
    request: Request, pairing: Pairing, handover: Handover, *, sign: SignForm | None = None, status: int = 200
) -> HttpResponse:
    matters = matters_of(handover)
    may_record = request.actor.may(Right.RECORD, pairing.pk)
    context = {
        "pairing": pairing,
        "handover": handover,
        "matters": [(m, address_of(pairing.key, m.about), words.state(m.state)) for m in matters],
        "lacking": sum(m.successor is None and not m.note for m in matters),
        "is_as_signed": handover.signed == hash_of(handover) if handover.signed else True,
        "sign": sign or SignForm(initial={"day": timezone.localdate()}),
        "may_change": may_record and not handover.signed and not handover.withdrawn,
        "may_see_people": request.actor.may(Right.PEOPLE, pairing.pk),
        "here": "handovers",
    }
    return render(request, "exchange/handover.html", context, status=status)

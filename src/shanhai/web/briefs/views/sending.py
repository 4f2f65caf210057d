"""Sending a brief: a pasted text, a file, or nothing, to be filled in by hand."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shanhai.ledger.actions import uploads
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing, Source
from shanhai.ledger.rights import Right
from shanhai.programme.actions import briefs
from shanhai.programme.models import Member, Team
from shanhai.web import apart
from shanhai.web.briefs import asked
from shanhai.web.briefs.views.months import require_report
from shanhai.web.frame.refusing import told
from shanhai.web.links import brief_path
from shanhai.web.requests import Request

_FIRST_WORDS = 30


class BriefForm(forms.Form):
    """Who reports, of which month, and the text."""

    use_required_attribute = False
    who = forms.ChoiceField(
        label=gettext_lazy("谁报送"), help_text=gettext_lazy("本人，或代表整个工作队、小组")
    )
    month = forms.CharField(
        label=gettext_lazy("月份"), widget=forms.DateInput({"type": "month"}), max_length=7
    )
    text = forms.CharField(
        label=gettext_lazy("粘贴正文"),
        widget=forms.Textarea({"rows": 12}),
        required=False,
        max_length=200_000,
    )
    file = forms.FileField(
        label=gettext_lazy("或选择文件"),
        required=False,
        help_text=gettext_lazy(".docx、.pdf、.txt 等；正文和文件都不填，就逐条手工填写"),
    )

    def __init__(self, pairing: Pairing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {t.key: t for t in Team.objects.filter(pairing=pairing, withdrawn=False)}
        found = Member.objects.filter(pairing=pairing, withdrawn=False).select_related("team")
        self.members = {m.key: m for m in found}
        people = [(f"m-{m.key}", f"{m.name}（{m.team.name}）") for m in self.members.values()]
        groups = [(f"t-{t.key}", t.name) for t in self.teams.values()]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), (_("工作队、小组"), groups), (_("队员"), people)]

    def clean_month(self) -> Any:
        """The month's first day."""
        text = self.cleaned_data["month"]
        month = asked.month_of(text)
        if f"{month:%Y-%m}" != text:
            raise forms.ValidationError(_("月份请写成 2024-03。"))
        return month

    def team_and_member(self) -> tuple[Team, Member | None]:
        """Who reports."""
        kind, _dash, key = self.cleaned_data["who"].partition("-")
        member = self.members[key] if kind == "m" else None
        return (member.team if member else self.teams[key]), member


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request) -> HttpResponse:
    """Send a brief."""
    require_report(request.actor)
    pairing = asked.chosen(request, asked.pairings(request))
    if pairing is None:
        return render(request, "briefs/send.html", {"pairing": None})
    initial = {"month": request.GET.get("month", f"{timezone.localdate():%Y-%m}")}
    form = BriefForm(pairing, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_sent(request, pairing, form))
        except NotPossible as refused:
            form.add_error(None, told(refused))
    status = 422 if form.errors else 200
    context = {
        "pairing": pairing,
        "pairings": [(p.key, asked.named(p)) for p in asked.pairings(request)],
        "form": form,
        "megabytes": apart.allowed().megabytes,
    }
    return render(request, "briefs/send.html", context, status=status)


def _sent(request: Request, pairing: Pairing, form: BriefForm) -> str:
    data = form.cleaned_data
    source = None
    if data["file"] or data["text"].strip():
        if data["file"]:
            bytes_, name = data["file"].read(), data["file"].name
        else:
            text = data["text"].replace("\r\n", "\n").strip("\n")
            bytes_, name = f"{text}\n".encode(), _file_name(text)
        source = _received(bytes_, name, request.actor, pairing)
    team, member = form.team_and_member()
    made = briefs.send(pairing, team, member, data["month"], actor=request.actor, source=source)
    return brief_path(pairing.key, made.key)


def _file_name(text: str) -> str:
    first = text.strip().split("\n", 1)[0].strip()[:_FIRST_WORDS]
    name = uploads.clean_name(first.replace("/", "／").replace("\\", "＼"))
    return f"{name or '简报'}.txt"


def _received(data: bytes, name: str, actor: Actor, pairing: Pairing) -> Source:
    """The text as a source of the ledger, read apart as all sources are.

    Raises:
        NotPossible: it cannot be read.
    """
    actor.require(Right.SEND, pairing.pk)
    name = uploads.clean_name(name) or "简报.txt"
    announced = uploads.announce([uploads.Announced(name, max(len(data), 1))], actor=actor, pairing=pairing)
    read = apart.parse(data, name, origin="简报")
    file = uploads.finish(announced.files.get(), read, actor=actor)
    if isinstance(read, uploads.Refusal):
        raise NotPossible(read.zh, read.en)
    if read.fault or file.source is None:
        zh, _line, en = read.fault.partition("\n")
        raise NotPossible(zh, en or zh)
    return file.source

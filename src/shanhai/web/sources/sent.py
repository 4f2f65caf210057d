"""What the forms of sending hold, and pasted text as the bytes of a source."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shanhai.ledger import access
from shanhai.ledger.actions.uploads import clean_name
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.queries.narrowing import UNFILED
from shanhai.ledger.rights import Right
from shanhai.web.frame.templatetags.frame import both

_FIRST_WORDS = 30


class Whence(forms.Form):
    """Under which pairing what is sent is filed, and where it is from."""

    use_required_attribute = False
    pairing = forms.ChoiceField(label=_("归入结对"))
    origin = forms.CharField(
        label=_("从哪里来"),
        required=False,
        max_length=1000,
        help_text=_("网址、邮件、单位等，与收到的时间一起记下。"),
    )
    publisher = forms.CharField(
        label=_("发布者说明"),
        required=False,
        max_length=200,
        help_text=_("报告本身没有写明发布者时填写；记在来处，不改动原文。"),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        named = [(p.key, both(p.name_zh, p.name_en or p.name_zh)) for p in access.pairings(actor, Right.SEND)]
        choices = [(UNFILED, gettext("暂不归入")), *named] if actor.may(Right.SEND) else named
        field = self.fields["pairing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def filed(self) -> Pairing | None:
        """The pairing that is chosen."""
        key = self.cleaned_data["pairing"]
        return None if key == UNFILED else access.access_pairing(self.actor, key, Right.SEND)

    def told_origin(self) -> str:
        """Where it is from, as a receipt keeps it."""
        return origin_of(self.cleaned_data["origin"], self.cleaned_data["publisher"])


class Pasted(Whence):
    """Text that is pasted; who published it stands above the text itself."""

    title = forms.CharField(label=_("题目"), required=False, max_length=200)
    date = forms.DateField(
        label=_("发布日期"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    text = forms.CharField(
        label=_("正文"), widget=forms.Textarea({"rows": 10}), error_messages={"required": _("请粘贴正文。")}
    )
    field_order = ("text", "title", "publisher", "date", "pairing", "origin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "paste")
        super().__init__(*args, **kwargs)
        self.fields["publisher"].label = _("发布者")
        self.fields["publisher"].help_text = ""

    def told_origin(self) -> str:
        """Where it is from, as a receipt keeps it."""
        return str(self.cleaned_data["origin"]).strip()

    def as_file(self) -> tuple[bytes, str]:
        """The bytes and the name under which the text is kept: title, publisher and date stand before it."""
        told = self.cleaned_data
        title = " ".join(told["title"].split())
        line = "　".join(
            part
            for part in (
                f"来源：{told['publisher'].strip()}" if told["publisher"].strip() else "",
                f"发布时间：{told['date']:%Y-%m-%d}" if told["date"] else "",
            )
            if part
        )
        text = told["text"].replace("\r\n", "\n").strip("\n")
        head = "\n".join(part for part in (title, line) if part)
        data = (f"{head}\n\n{text}\n" if head else f"{text}\n").encode()
        first = title or text.strip().split("\n", 1)[0].strip()[:_FIRST_WORDS]
        name = clean_name(first.replace("/", "／").replace("\\", "＼"))
        return data, f"{name or '粘贴的文字'}.txt"


def origin_of(origin: str, publisher: str) -> str:
    """Where something is from and who is said to have published it, in one line."""
    parts = (origin.strip(), f"发布者：{publisher.strip()}" if publisher.strip() else "")
    return "；".join(part for part in parts if part)

"""The form in which a reviewer writes a figure: what it says, in the words that a clerk knows."""

import datetime
import re
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.indicators import load_indicators
from shanhai.claims.contract import fault_of
from shanhai.model import Approx, Bounds, Claim, Definition, InvariantBroken, Kind, Number, Report, Status
from shanhai.publishing.page.words import APPROX, DEFINITION, KINDS, STATUS
from shanhai.web.room import locating, numbers, words
from shanhai.web.room.plain import check_plain

_CLOSED = (
    ("both", _("两端都含")),
    ("low", _("只含下限")),
    ("high", _("只含上限")),
    ("none", _("两端都不含")),
)
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_SINCE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_PARTS = {
    "stage": ("planned", "agreed", "arrived", "started", "completed", "in_use", "spent"),
    "form": ("money", "goods", "both"),
    "scope": ("whole_team", "one_group", "one_county"),
}


class FigureForm(forms.Form):
    """One figure as a reviewer writes it.

    Args:
        report: what the figure stands in.
        before: the claim that is corrected, where its place stays; None for a new one.
    """

    start = forms.IntegerField(widget=forms.HiddenInput)
    end = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("原文"),
        required=False,
        max_length=400,
        help_text=_("文中的数字与单位；可改写，也可在文中重新划选"),
    )
    value = forms.CharField(
        label=_("数值"),
        required=False,
        max_length=40,
        help_text=_("如 1200、2.71亿、-3.5；只有“数十”这样的含糊说法时留空"),
    )
    unit = forms.CharField(
        label=_("单位"), required=False, max_length=32, help_text=_("如 元、人、%；不写万、亿")
    )
    approx = forms.ChoiceField(label=_("措辞"))
    kind = forms.ChoiceField(label=_("类型"))
    upper = forms.CharField(label=_("区间上限"), required=False, max_length=40)
    from_value = forms.CharField(label=_("由…到…的起始值"), required=False, max_length=40)
    low = forms.CharField(label=_("所指范围：下限"), required=False, max_length=40)
    high = forms.CharField(
        label=_("所指范围：上限"),
        required=False,
        max_length=40,
        help_text=_("两项都留空，则按数值与措辞推定"),
    )
    closed = forms.ChoiceField(label=_("端点"), choices=_CLOSED, required=False)
    status = forms.ChoiceField(label=_("进展"))
    indicator = forms.CharField(
        label=_("指标"),
        required=False,
        max_length=120,
        help_text=_("输入几个字后从列表中选；没有合适的就留空"),
    )
    area = forms.ChoiceField(label=_("领域"))
    measure = forms.CharField(label=_("所计"), required=False, max_length=200)
    period = forms.CharField(
        label=_("时间"), required=False, max_length=24, help_text=_("如 2024、2024-05、2021-07/2024-06")
    )
    place = forms.CharField(label=_("地点"), required=False, max_length=100)
    party = forms.CharField(label=_("主体"), required=False, max_length=200)
    counted = forms.CharField(
        label=_("计量单位"), required=False, max_length=32, help_text=_("人、人次、户等")
    )
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    form = forms.ChoiceField(label=_("形式"), required=False)
    cumulative = forms.ChoiceField(label=_("累计"), required=False)
    since = forms.CharField(label=_("起算"), required=False, max_length=10, help_text=_("如 2021-07"))
    scope = forms.ChoiceField(label=_("范围"), required=False)
    minor = forms.BooleanField(label=_("背景数字，不是成效"), required=False)

    def __init__(self, *args: Any, report: Report, before: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.before = report, before
        self.claim: Claim | None = None
        choices: dict[str, list[tuple[str, str]]] = {
            "approx": [(a.value, words.said(APPROX[a])) for a in Approx],
            "kind": [(k.value, words.said(KINDS[k])) for k in Kind],
            "status": [(s.value, words.said(STATUS[s])) for s in Status],
            "area": [
                (key, area.name_zh if words.in_chinese() else area.name_en)
                for key, area in load_areas().items()
            ],
            "cumulative": [("", gettext("未说")), ("yes", gettext("是")), ("no", gettext("否"))],
        }
        for part, values in _PARTS.items():
            choices[part] = [("", gettext("未说")), *((v, words.said(DEFINITION[v])) for v in values)]
        for line in self.fields.values():
            if isinstance(line, forms.CharField):
                line.validators = [*line.validators, check_plain]
        for name, told in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = told
        self.fields["indicator"].widget.attrs |= {
            "list": "indicators",
            "autocomplete": "off",
            "data-finds": "1",
        }
        for name in (
            "value",
            "unit",
            "low",
            "high",
            "upper",
            "from_value",
            "period",
            "since",
            "measure",
            "place",
            "party",
        ):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """The claim that the fields make, in ``claim``; every fault beside its field."""
        told = super().clean() or {}
        place = self._place(told)
        found = {n: self._number(told, n) for n in ("value", "upper", "from_value", "low", "high")}
        self._check(told, found)
        if self.errors or place is None:
            return told
        try:
            claim = self._claim(told, found, place)
        except InvariantBroken:
            self.add_error(None, gettext("所选文字里的数字与读取到的不符。请在文中重新划选。"))
            return told
        if claim.value is not None and not _reaches(claim.bounds, claim.value):
            self.add_error("low", gettext("数值不在所指范围之内。请改正范围，或把上下限都清空，由系统推定。"))
        elif fault := fault_of(claim):
            self.add_error(None, gettext("该数字不成立：%(fault)s") % {"fault": fault})
        else:
            self.claim = claim
        return told

    def _place(self, told: dict[str, Any]) -> locating.Stretch | None:
        before = self.before
        start: int | None = told.get("start")
        end: int | None = told.get("end")
        if start is None or end is None:
            self.add_error(None, gettext("没有选定原文。请在文中划选数字。"))
            return None
        typed = "".join((told.get("words") or "").split())
        if typed and typed != _bare(words_at(self.report, start, end)):
            found = locating.occurrences(self.report, typed)
            if not found:
                self.add_error("words", gettext("文中没有“%(text)s”。请照原文填写。") % {"text": typed[:40]})
                return None
            distances = [(abs(s.start - start), s) for s in found]
            start, end = min(distances)[1].start, min(distances)[1].end
        if before is not None and (start, end) == (before.start, before.end):
            return locating.Stretch(start, end, before.quote, before.sentence, before.skipped, before.digits)
        try:
            return locating.stretch(self.report, start, end)
        except locating.NoPlace as e:
            self.add_error("words", str(e))
            return None

    def _number(self, told: dict[str, Any], name: str) -> Number | None:
        text = (told.get(name) or "").strip()
        if not text:
            return None
        try:
            return numbers.typed(text)
        except ValueError:
            self.add_error(name, gettext("“%(text)s”不是数。请写成 1200、2.71亿 或 -3.5。") % {"text": text})
            return None

    def _check(self, told: dict[str, Any], found: dict[str, Number | None]) -> None:
        low, high, value, upper = found["low"], found["high"], found["value"], found["upper"]
        if low is not None and high is not None and low > high:
            self.add_error("low", gettext("下限大于上限。"))
        if upper is not None and (value is None or upper < value):
            self.add_error("upper", gettext("区间上限应不小于数值（区间的下限）。"))
        if (
            told.get("kind") == Kind.FROM_TO
            and found["from_value"] is None
            and "from_value" not in self.errors
        ):
            self.add_error("from_value", gettext("类型为“由…到…”时须写起始值。"))
        if value is None and low is None and high is None and not self.errors:
            self.add_error("value", gettext("请写数值；只有含糊说法时，请写所指范围的上下限。"))
        period = (told.get("period") or "").strip()
        if period and not _PERIOD.fullmatch(period):
            self.add_error(
                "period",
                gettext("“%(text)s”不是时间。请写成 2024、2024-05 或 2021-07/2024-06。") % {"text": period},
            )
        if told.get("indicator"):
            told["code"] = code_of(told["indicator"])
            if told["code"] is None:
                self.add_error("indicator", gettext("没有这个指标。请从列表中选，或留空。"))
        if told.get("since") and _day(told["since"]) is None:
            self.add_error("since", gettext("“%(text)s”不是日期。请写成 2021-07。") % {"text": told["since"]})

    def _claim(self, told: dict[str, Any], found: dict[str, Number | None], place: locating.Stretch) -> Claim:
        code = told.get("code")
        kind, approx = Kind(told["kind"]), Approx(told["approx"])
        same = self.before is not None and (place.start, place.end) == (self.before.start, self.before.end)
        return Claim(
            doc=self.report.doc,
            start=place.start,
            end=place.end,
            quote=place.quote,
            value=found["value"],
            unit=told["unit"].strip(),
            approx=approx,
            kind=kind,
            bounds=_bounds(told, found, approx, kind),
            sentence=place.sentence,
            from_value=found["from_value"] if kind is Kind.FROM_TO else None,
            upper=found["upper"],
            digits=place.digits,
            minor=told["minor"],
            status=Status(told["status"]),
            area=code.partition(".")[0] if code else told["area"],
            indicator=code,
            measure=told["measure"].strip() or None,
            period=told["period"].strip() or None,
            place=told["place"].strip() or None,
            party=told["party"].strip() or None,
            definition=_definition(told),
            skipped=place.skipped,
            repeats=self.before.repeats if same and self.before else None,
        )


def words_at(report: Report, start: int, end: int) -> str:
    """The mended words at a place of the source text; "" where it is none."""
    if not 0 <= start < end <= len(report.source_text):
        return ""
    span = report.map.to_mended_span(start, end)
    return " ".join(report.text[span.start : span.end].split())


def _bare(text: str) -> str:
    return "".join(text.split())


class ReasonForm(forms.Form):
    """Why."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写明理由，方便他人日后查对。")},
    )


def initial_of(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim as the form shows it; bounds only where its number and wording do not give them."""
    value, given = _told(claim)
    definition = msgspec.structs.asdict(claim.definition)
    cumulative = definition.pop("cumulative")
    since = definition.pop("since")
    return {
        "start": claim.start,
        "end": claim.end,
        "words": words_at(report, claim.start, claim.end),
        "value": value,
        "unit": claim.unit,
        "approx": claim.approx.value,
        "kind": claim.kind.value,
        "upper": numbers.written(claim.upper),
        "from_value": numbers.written(claim.from_value),
        "low": numbers.written(given.low),
        "high": numbers.written(given.high),
        "closed": _closed(given),
        "status": (claim.status or Status.DONE).value,
        "indicator": label_of(claim.indicator) if claim.indicator else "",
        "area": claim.area or "other",
        "measure": claim.measure or "",
        "period": claim.period or "",
        "place": claim.place or "",
        "party": claim.party or "",
        "minor": claim.minor,
        "cumulative": "" if cumulative is None else "yes" if cumulative else "no",
        "since": since.isoformat() if since else "",
        **{name: part or "" for name, part in definition.items()},
    }


def label_of(code: str) -> str:
    """An indicator as the list offers it: its name with its code."""
    zh, en = words.indicator(code)
    return f"{zh if words.in_chinese() else en} [{code}]"


def code_of(text: str) -> str | None:
    """The code that was meant: told by ``label_of``, or a code or a name alone; None for none, or for several."""
    known = load_indicators()
    text = text.strip()
    if match := re.search(r"\[([^\]]+)\]$", text):
        return match[1] if match[1] in known else None
    if text in known:
        return text
    named = [code for code, i in known.items() if text.casefold() in (i.name_zh, i.name_en.casefold())]
    return named[0] if len(named) == 1 else None


def _bounds(told: dict[str, Any], found: dict[str, Number | None], approx: Approx, kind: Kind) -> Bounds:
    low, high, closed = found["low"], found["high"], told.get("closed") or "both"
    if low is None and high is None:
        return numbers.committed(told["value"], approx, told["unit"].strip(), kind, found["upper"])
    return Bounds(low, high, low_closed=closed in ("both", "low"), high_closed=closed in ("both", "high"))


def _told(claim: Claim) -> tuple[str, Bounds]:
    """The value as typed, with 万 or 亿 where its bounds are those of a rounded number, and the bounds it leaves to tell."""
    if claim.value is None:
        return "", claim.bounds
    ways = numbers.writings(claim.value)
    for told in ways:
        if claim.bounds == numbers.committed(told, claim.approx, claim.unit, claim.kind, claim.upper):
            return told, Bounds()
    return ways[0], claim.bounds


def _reaches(bounds: Bounds, value: Number) -> bool:
    """Whether a value lies within bounds or at an end of them (近200 lies below 200, which is its value)."""
    return Bounds(bounds.low, bounds.high).holds(value)


def _closed(bounds: Bounds) -> str:
    if bounds.low_closed and bounds.high_closed:
        return "both"
    return "low" if bounds.low_closed else "high" if bounds.high_closed else "none"


def _definition(told: dict[str, Any]) -> Definition:
    cumulative = told["cumulative"]
    return Definition(
        counted=told["counted"].strip() or None,
        stage=told["stage"] or None,
        form=told["form"] or None,
        cumulative=None if not cumulative else cumulative == "yes",
        since=_day(told["since"]) if told["since"] else None,
        scope=told["scope"] or None,
    )


def _day(text: str) -> datetime.date | None:
    """The first day of what was typed as a year, a month or a day."""
    match = _SINCE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None

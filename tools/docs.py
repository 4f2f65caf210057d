"""Write the generated parts of the documentation: ``python tools/docs.py``.

A part stands between ``<!-- name -->`` and ``<!-- /name -->`` and is made from the catalogue or from the code. The
Python blocks of the pages in ``WORKED`` are run from top to bottom, and what one prints stands in the block below it.
``--check`` writes nothing and fails where a page would change.
"""

import argparse
import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import yaml
from click.testing import CliRunner

from shanhai import Evidence, find_claims, find_quantities, read, reason
from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.files import OVERLAY
from shanhai.catalogue.indicators import Indicator, load_indicators
from shanhai.catalogue.plausible import load_plausible
from shanhai.catalogue.qualifiers import Position, load_qualifiers
from shanhai.catalogue.units import UnitKind, load_units
from shanhai.cli import main as shanhai
from shanhai.model import Fact, Finding, Number

ROOT = Path(__file__).resolve().parent.parent
HELP_WIDTH = 100
READINGS = (
    "三十二名", "一万一千多亿美元", "33.8亿度", "百分之十六点四", "四分之一", "半数以上", "一成五", "十几人", "数十名",
    "3000—5000元", "四五倍", "7×5.35公里", "从2家增加到15家", "由2016年的85%提升到2023年的98.7%", "降低79.46%",
    "提高20.5个百分点", "占比80.79%", "港币4900元", "29微克/立方米", "零下12摄氏度", "一年半", "1.6萬(wàn)人", "6·31亿元",
)  # fmt: skip
"""The phrases whose reading ``docs/quantities.md`` shows."""
REASONED = "docs/reasoning.yaml"
"""The sentences that ``docs/reasoning.md`` shows."""
ARITHMETIC = "arithmetic"
DRAFT = "examples/drafts/minning-2012.docx"
"""The draft that the README shows checked."""
_PART = "<!-- {0} -->\n(.*?)<!-- /{0} -->"
_BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?P<below>\n```(?:text|json)\n(?P<printed>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)
_STANDS = {
    Position.BEFORE: "before the number",
    Position.INSIDE: "inside the numeral",
    Position.AFTER: "after the unit",
    Position.NONE: "no qualifier",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def qualifiers() -> str:
    """The table of qualifiers and the bounds that each commits its writer to."""
    return table(
        ("words 词", "where 位置", "`approx`", "example 例", "bounds 范围", "why 理由"),
        (
            (
                "、".join(q.words) or "–",
                _STANDS[q.position],
                q.approx,
                q.example,
                f"`{q.gives}`",
                f"{q.reason} {q.reason_zh}",
            )
            for q in load_qualifiers().rows.values()
        ),
    )


def readings() -> str:
    """How some phrases are read; each holds one quantity."""
    rows = []
    for phrase in READINGS:
        (q,) = find_quantities(phrase)
        told = (_number(q.value), _number(q.from_value), _number(q.upper), q.unit or "–")
        rows.append((phrase, q.quote, *told, q.approx.value, q.kind.value, f"`{q.bounds}`"))
    return table(("text", "quote", "value", "from", "upper", "unit", "approx", "kind", "bounds"), rows)


def _number(value: Number | None) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def units() -> str:
    """The units by kind."""
    return table(
        (
            "kind 种类",
            "amounts",
            "units 单位",
            "only after digits 仅随阿拉伯数字",
            "same as 等同",
            "conversion 换算",
        ),
        (_unit_row(key, kind) for key, kind in load_units().kinds.items()),
    )


def _unit_row(key: str, kind: UnitKind) -> tuple[str, ...]:
    stands_for: dict[str, list[str]] = {}
    for word, other in (kind.same_as | kind.written_as).items():
        stands_for.setdefault(other, []).append(word)
    return (
        f"{kind.name_zh} {kind.name_en} (`{key}`)",
        "counted" if load_units().exact.issuperset((*kind.units, *kind.arabic_only)) else "measured",
        "、".join(kind.units) or "–",
        "、".join(kind.arabic_only) or "–",
        "; ".join(f"{'、'.join(words)} = {other}" for other, words in stands_for.items()) or "–",
        "; ".join(f"1 {unit} = {factor:f} {kind.base}" for unit, factor in kind.factors.items()) or "–",
    )


def areas() -> str:
    """The areas with their definitions and their neighbours."""
    return "\n".join(
        f"### {area.name_zh} {area.name_en} (`{key}`)\n\n{area.definition_zh}\n{area.definition_en}\n\n"
        + "".join(f"- beside `{other}`: {line}\n" for other, line in area.neighbours.items())
        for key, area in load_areas().items()
    )


def indicators() -> str:
    """All indicators, area by area."""
    found = load_indicators()
    parts = [f"{len(found)} indicators.\n"]
    for key, area in load_areas().items():
        rows = [_indicator_row(code, i) for code, i in found.items() if code.startswith(f"{key}.")]
        if rows:
            head = table(("code", "中文", "English", "units", "adds"), rows)
            parts.append(f"### {area.name_zh} {area.name_en}: {len(rows)}\n\n{head}")
    return "\n".join(parts)


def _indicator_row(code: str, indicator: Indicator) -> tuple[str, ...]:
    over = f" over {', '.join(indicator.over)}" if indicator.over else ""
    told = "、".join(unit or "–" for unit in indicator.units)
    return f"`{code}`", indicator.name_zh, indicator.name_en, told, f"{indicator.adds.value}{over}"


def commands() -> str:
    """The help of every command."""
    return "\n".join(f"## `{path}`\n\n```text\n{told}\n```\n" for path, told in _helps(shanhai, "shanhai"))


def _helps(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=HELP_WIDTH, **command.context_settings
    )
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None  # it is listed
            yield from _helps(found, below, context)


def held_together(*texts: str) -> tuple[tuple[Finding, ...], tuple[Fact, ...]]:
    """The findings and facts of some texts, each a report by itself: A, B and so on."""
    evidence = []
    for name, text in zip("AB", texts, strict=False):
        report = read(text.encode(), name=f"{name}.txt")
        evidence.append(Evidence(report.doc, tuple(find_claims(report)), report))
    out = reason(evidence)
    return out.findings, out.facts


def _reasoned(key: str) -> Any:
    return yaml.safe_load((ROOT / REASONED).read_text("utf-8"))[key]


def _arithmetic(text: str) -> str:
    """What arithmetic says of a text."""
    told = (f for f in held_together(text)[0] if f.detail["check"] == ARITHMETIC)
    return "<br>".join(f"`{f.code}` {f.detail.get('equation', '')}" for f in told) or "–"


def relations() -> str:
    """Sentences by the form in which they tie their figures, with what comes out."""
    rows = [
        (f"`{form}`", text, _arithmetic(text))
        for form, texts in _reasoned("relations").items()
        for text in texts
    ]
    return table(("form 形式", "sentence 例句", "what is said 所得"), rows)


def implied() -> str:
    """Sentences that fix a number without printing it."""
    return table(
        ("sentence 例句", "what is said 所得"), ((text, _arithmetic(text)) for text in _reasoned("implied"))
    )


def silent() -> str:
    """Sentences whose figures are not tied, with the reason."""
    rows = ((entry["text"], _arithmetic(entry["text"]), entry["why"]) for entry in _reasoned("silent"))
    return table(("sentence 例句", "what is said 所得", "why 缘由"), rows)


def cards() -> str:
    """Pairs of reports and how their definition cards meet."""
    return table(("report A", "report B", "what is said 所得", "why 缘由"), map(_pair, _reasoned("cards")))


def _pair(entry: dict[str, str]) -> tuple[str, ...]:
    findings, facts = held_together(entry["one"], entry["other"])
    told = [f"`{f.code}` {'、'.join(f.detail.get('differs', ()))}".strip() for f in findings]
    told += [f"one fact, `{f.bounds}`, {f.sources} sources" for f in facts if f.sources > 1]
    return entry["one"], entry["other"], "<br>".join(told) or "–", entry["means"]


def ranges() -> str:
    """What figures can be, as the catalogue states it."""
    rows = (
        (f"{p.name_zh} {p.name_en} (`{key}`)", p.unit, _number(p.low), _number(p.high), p.reason_en)
        for key, p in load_plausible().items()
    )
    return table(("figure", "unit", "from", "to", "why nothing lies outside"), rows)


def checked() -> str:
    """The first finding about the example draft, and the last line, as the terminal shows them."""
    arguments = ["check", DRAFT, "--against", "examples/reports"]
    with contextlib.chdir(ROOT):
        shown = CliRunner().invoke(shanhai, arguments).stdout.splitlines()
    heads = [i for i, line in enumerate(shown) if re.match(r"(错|疑|知) \w+ · ", line)]
    first = "\n".join(line.rstrip() for line in shown[heads[0] : heads[1]]).rstrip()
    return f"```text\n{first}\n…\n{shown[-1].rstrip()}\n```\n"


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"checked": checked},
    "README.zh.md": {"checked": checked},
    "docs/quantities.md": {"qualifiers": qualifiers, "readings": readings, "units": units},
    "docs/cli.md": {"commands": commands},
    "docs/catalogue.md": {"areas": areas, "indicators": indicators},
    "docs/reasoning.md": {
        "relations": relations,
        "implied": implied,
        "silent": silent,
        "cards": cards,
        "ranges": ranges,
    },
}
WORKED = (
    "README.md",
    "README.zh.md",
    "docs/contract.md",
    "docs/findings.md",
    "docs/library.md",
    "docs/notebook.md",
)
PAGES = tuple(dict.fromkeys((*PARTS, *WORKED)))


def fresh(page: str) -> str:
    """The text that ``page`` must have.

    Raises:
        SystemExit: when a part's markers are missing, or a block prints but has no place for it.
    """
    text = (ROOT / page).read_text("utf-8")
    for name, make in PARTS.get(page, {}).items():
        pattern = re.compile(_PART.format(name), re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise SystemExit(
                f"{page}: put <!-- {name} --> and <!-- /{name} --> round the generated part, once"
            )
        part = pattern.search(text)
        assert part is not None  # it was found once
        text = f"{text[: part.start(1)]}{make()}{text[part.end(1) :]}"
    return _worked(page, text) if page in WORKED else text


def _worked(page: str, text: str) -> str:
    """The text with its Python blocks run, and below each what it prints."""
    names: dict[str, Any] = {"__name__": page}

    def run(block: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(out):
            exec(compile(block["code"], page, "exec"), names)
        printed = out.getvalue()
        if bool(printed) != bool(block["below"]):
            raise SystemExit(
                f"{page}: a block that prints has a text block right below it, no other has:\n{block['code']}"
            )
        return (
            block[0] if not printed else block[0].removesuffix(f"{block['printed']}```\n") + f"{printed}```\n"
        )

    return _BLOCK.sub(run, text)


def main() -> None:
    """Write the generated parts; with ``--check`` fail where they are stale."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
    check = options.parse_args().check
    os.environ.pop(OVERLAY, None)
    stale = [page for page in PAGES if fresh(page) != (ROOT / page).read_text("utf-8")]
    if check and stale:
        sys.exit(f"stale: {', '.join(stale)}; run python tools/docs.py and look at what changes")
    for page in stale:
        (ROOT / page).write_text(fresh(page), "utf-8")
        print(f"written: {page}")


if __name__ == "__main__":
    main()

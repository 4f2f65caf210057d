"""The gold of reasoning: cases of reports with the findings that must, and must not, come of them.

``gold/reasoning/README.md`` tells how the cases are marked and what the keys mean.
"""

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import shanhai
from shanhai.model import Claim, Code, PromiseState
from shanhai.reasoning.evidence import Evidence

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "gold" / "reasoning"
SEEDS = ROOT.parent / "shared" / "seeds"
SETS = ("open", "held", "golden")
RELATIONS = {"parts", "total", "remainder", "rate", "growth", "difference", "average", "account"}

_CASE = {"about", "reports", "on", "arithmetic", "expect", "never", "promises", "facts"}
_EXPECT = {"code", "relation", "claims", "detail"}
_NEVER = {"code", "claims"}
_PROMISE = {"claim", "what", "due", "state"}
_FACT = {"claims", "sources"}

Place = tuple[str, int, str]
"""A stretch of a report: its doc, where it begins in the source text, and what stands there."""


class _Loader(yaml.SafeLoader):
    """YAML in which ``on`` is a word; only true and false are truth values."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not (tag.endswith(":bool") and first in "oOyYnN")]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class BadCase(Exception):
    """A case that is not written as the README says; names the file and the fault."""


@dataclass(frozen=True)
class Case:
    """One file of the gold.

    Attributes:
        name: set and file, such as ``open/growth-holds``.
        content: the file as it was read, keys checked.
    """

    name: str
    content: dict[str, Any]

    @property
    def on(self) -> date | None:
        """The day on which promises count as due."""
        return self.content.get("on")

    def entries(self, key: str) -> list[dict[str, Any]]:
        """What stands under ``expect``, ``never``, ``promises`` or ``facts``."""
        return list(self.content.get(key) or [])

    @property
    def missing(self) -> list[str]:
        """The seeds that the case needs and that do not lie beside the project."""
        named = [report["seed"] for report in self.content["reports"] if "seed" in report]
        return [seed for seed in named if not (SEEDS / seed).is_file()]

    def evidence(self) -> tuple[Evidence, ...]:
        """Its reports, read as files."""
        return tuple(_read(report) for report in self.content["reports"])


def cases(which: str) -> list[Case]:
    """All cases of a set, by name.

    Raises:
        BadCase: when a file has a key or a value that the README does not know.
    """
    return [load(path) for path in sorted((GOLD / which).glob("*.yaml"))]


def load(path: Path) -> Case:
    """One case, its keys and codes checked."""
    name = f"{path.parent.name}/{path.stem}"
    content = yaml.load(path.read_text("utf-8"), _Loader)
    _keys(name, content, _CASE)
    if not content.get("about") or not content.get("reports"):
        raise BadCase(f"{name}: about and reports are needed")
    for key, known in (("expect", _EXPECT), ("never", _NEVER), ("promises", _PROMISE), ("facts", _FACT)):
        for entry in content.get(key) or []:
            _keys(name, entry, known)
            for code in codes(entry) if "code" in known else ():
                if code not in set(Code):
                    raise BadCase(f"{name}: {code} is no code of a finding")
            if entry.get("relation") not in RELATIONS | {None}:
                raise BadCase(f"{name}: {entry['relation']} is no relation")
            if "state" in known and entry["state"] not in set(PromiseState):
                raise BadCase(f"{name}: {entry['state']} is no state of a promise")
    return Case(name, content)


def codes(entry: dict[str, Any]) -> list[str]:
    """The codes of an entry; where several are written, any of them will do."""
    code = entry["code"]
    return code if isinstance(code, list) else [code]


def holds(line: str) -> bool:
    """Whether a line of ``arithmetic`` is true."""
    return bool(eval(line, {"__builtins__": {}, "round": round}))


def place(pointer: str, evidence: tuple[Evidence, ...]) -> Place:
    """Where ``doc: quote`` or ``doc: quote@n`` stands.

    The n-th place counts those where the quote is not a piece of a longer number: 4个 does not stand in 24个.

    Raises:
        BadCase: when there is no such report, or the quote does not stand there so often.
    """
    doc, _, rest = pointer.partition(": ")
    quote, _, n = rest.partition("@")
    found = [e for e in evidence if e.doc == doc]
    if not found or found[0].report is None:
        raise BadCase(f"{pointer}: there is no report {doc}")
    text = found[0].report.source_text
    starts = [m.start() for m in re.finditer(re.escape(quote), text) if _whole(text, m)]
    if len(starts) < int(n or 1):
        raise BadCase(f"{pointer}: the quote stands {len(starts)} times in the text")
    return doc, starts[int(n or 1) - 1], quote


def claim_at(where: Place, evidence: tuple[Evidence, ...]) -> Claim | None:
    """The claim that was read with exactly this quote at this place."""
    doc, start, quote = where
    found = (c for e in evidence if e.doc == doc for c in e.claims if c.start == start and c.quote == quote)
    return next(found, None)


def _whole(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    cut_before = match[0][0].isdigit() and (before.isdigit() or before in {".", ","})
    cut_after = match[0][-1].isdigit() and (after.isdigit() or after == ".")
    return not (cut_before or cut_after)


def _read(report: dict[str, str]) -> Evidence:
    if "seed" in report:
        return _evidence(SEEDS / report["seed"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / report["name"]
        path.write_text(report["text"], "utf-8")
        return _evidence(path)


def _evidence(path: Path) -> Evidence:
    read = shanhai.read(path)
    return Evidence(read.doc, tuple(shanhai.find_claims(read)), read)


def _keys(name: str, entry: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise BadCase(f"{name}: unknown keys {', '.join(unknown)}; known are {', '.join(sorted(known))}")

"""Score the claims that are found against gold claims marked by hand: ``make score``.

Each gold set is a folder of texts with one JSON-lines file a text (``gold/README.md`` tells how they are marked).
``tools/floors.py`` holds the result against its floors; ``tools/score_reasoning.py`` does the same for reasoning.
"""

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import floors
import shanhai
from shanhai.claims.collection import flat

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FIELDS = ("approx", "kind", "status", "area")
PHRASES = ("measure", "period", "place")
SAME_UNIT = {"名": "人", "位": "人", "个人": "人", "人民币": "元", "千瓦时": "度", "个百分点": "百分点"}

Gold = dict[str, Any]


@dataclass
class GoldSet:
    """One set of marked texts.

    Attributes:
        name: what it is called in the floors.
        marked: the JSON-lines files.
        texts: where the texts lie.
    """

    name: str
    marked: list[Path]
    texts: Path

    @property
    def sha256(self) -> str:
        """Of all marks and all marked texts."""
        digest = hashlib.sha256()
        for path in self.marked:
            digest.update(path.read_bytes())
        for text in sorted({self.text_of(doc) for doc in self.claims()}):
            digest.update(text.read_bytes())
        return digest.hexdigest()

    def claims(self) -> dict[str, list[Gold]]:
        """The gold claims by text, in text order."""
        found: dict[str, list[Gold]] = {}
        for path in self.marked:
            for line in path.read_text("utf-8").splitlines():
                claim = json.loads(line)
                found.setdefault(claim.get("doc", path.stem), []).append(claim)
        return found

    def text_of(self, doc: str) -> Path:
        """The file of a text."""
        found = sorted(p for p in self.texts.iterdir() if p.stem == doc and p.suffix != ".jsonl")
        if not found:
            raise SystemExit(f"gold set {self.name}: there is no text {doc} in {self.texts}; put it there")
        return found[0]


@dataclass
class Score:
    """Counts of one set; ``errors`` names text, fault, quote and what was read."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    def f1(self, key: str) -> float:
        """Of precision and recall over all claims that are not background."""
        both = self.counts["gold"] + self.counts["read"]
        return 2 * self.counts[key] / both if both else 0.0

    def accuracy(self, key: str) -> float:
        """Over the claims that are right."""
        return self.counts[key] / self.counts["right"] if self.counts["right"] else 0.0

    def phrase(self, key: str) -> tuple[float, float]:
        """Precision and recall of a phrase by exact match after normalising."""
        same, told, gold = (self.counts[f"{key} {part}"] for part in ("same", "told", "gold"))
        return (same / told if told else 0.0), (same / gold if gold else 0.0)

    def figures(self) -> dict[str, float]:
        """What floors are kept for."""
        return {
            **{key: self.f1(key) for key in ("found", "right", "full")},
            **{key: self.accuracy(key) for key in FIELDS},
        }


def sets() -> Iterator[GoldSet]:
    """The gold sets that are here; the shared one only where it lies beside the project."""
    yield GoldSet("examples", _marked("examples"), ROOT / "examples" / "reports")
    yield GoldSet("open", _marked("open"), ROOT / "gold" / "open")
    yield GoldSet("held", _marked("held"), ROOT / "gold" / "held")
    seeds = SHARED / "gold" / "seeds-a.gold.jsonl"
    if seeds.is_file():
        yield GoldSet("seeds-a", [seeds], SHARED / "seeds")


def _marked(name: str) -> list[Path]:
    return sorted((ROOT / "gold" / name).glob("*.jsonl"))


def score(gold: GoldSet) -> Score:
    """Read all texts of a set and hold the claims against the gold."""
    found = Score()
    for doc, marked in gold.claims().items():
        report = shanhai.read(gold.text_of(doc))
        read = [flat(claim) for claim in shanhai.find_claims(report)]
        _compare(found, doc, locate(report.source_text, marked, doc), read)
    return found


def locate(text: str, marked: Iterable[Gold], doc: str) -> list[Gold]:
    """The gold claims with start and end in the source text, from quote and occurrence.

    Raises:
        SystemExit: when a quote does not occur so often.
    """
    placed = []
    for claim in marked:
        at = -1
        for _ in range(claim["n"]):
            at = text.find(claim["quote"], at + 1)
            if at < 0:
                raise SystemExit(
                    f"{doc}: {claim['quote']!r} does not occur {claim['n']} times in the source text"
                )
        placed.append({**claim, "start": at, "end": at + len(claim["quote"])})
    return placed


def _compare(found: Score, doc: str, gold: list[Gold], read: list[Gold]) -> None:
    pairs = _paired(gold, read)
    for i, claim in enumerate(gold):
        if claim.get("minor"):
            continue
        found.counts["gold"] += 1
        if i not in pairs:
            found.errors.append((doc, "missed", claim["quote"], ""))
            continue
        found.counts["read"] += 1
        found.counts["found"] += 1
        _weigh(found, doc, claim, read[pairs[i]])
    taken = set(pairs.values())
    for j, claim in enumerate(read):
        if j not in taken and not claim["minor"]:
            found.counts["read"] += 1
            found.errors.append((doc, "extra", claim["quote"], f"{claim['value']} {claim['unit']}"))


def _paired(gold: list[Gold], read: list[Gold]) -> dict[int, int]:
    """Gold to read, each once: those that agree on the value first, then the longest overlap."""
    overlaps = [
        (_same(g["value"], r["value"]), overlap, -i, -j)
        for i, g in enumerate(gold)
        for j, r in enumerate(read)
        if (overlap := min(g["end"], r["end"]) - max(g["start"], r["start"])) > 0
    ]
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(overlaps, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _weigh(found: Score, doc: str, gold: Gold, read: Gold) -> None:
    right = _unit(gold["unit"]) == _unit(read["unit"]) and all(
        _same(gold.get(key), read.get(key)) for key in ("value", "from", "upper")
    )
    if not right:
        shown = f"gold {gold.get('from', '')} {gold['value']} {gold['unit']} · read {read['from'] or ''} {read['value']} {read['unit']}"
        found.errors.append((doc, "wrong", gold["quote"], shown))
        return
    found.counts["right"] += 1
    wrong = [key for key in FIELDS if gold[key] != read[key]]
    for key in FIELDS:
        found.counts[key] += key not in wrong
    found.counts["full"] += not wrong
    found.errors += [(doc, key, gold["quote"], f"gold {gold[key]} · read {read[key]}") for key in wrong]
    for key in PHRASES:
        told, marked = _phrase(read[key], key), _phrase(gold[key], key)
        found.counts[f"{key} told"] += bool(told)
        found.counts[f"{key} gold"] += bool(marked)
        found.counts[f"{key} same"] += bool(told) and told == marked


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)


def _unit(unit: str) -> str:
    return SAME_UNIT.get(unit, unit)


def _phrase(phrase: str | None, key: str) -> str:
    """The phrase without signs; a measure without 数 at its end, a place without its level (那曲市 is 那曲)."""
    kept = "".join(c for c in phrase or "" if c.isalnum() or c in "-/")
    if key == "measure":
        return kept.removesuffix("数")
    return kept[:-1] if key == "place" and len(kept) > 2 and kept[-1] in "省市县区州" else kept


def _print(name: str, found: Score, errors: int) -> None:
    print(f"\n{name}: {found.counts['gold']} gold claims, {found.counts['read']} read")
    print("  " + "   ".join(f"{key} F1 {found.f1(key):.4f}" for key in ("found", "right", "full")))
    print("  on right claims: " + "   ".join(f"{key} {found.accuracy(key):.3f}" for key in FIELDS))
    told = (f"{key} P {p:.2f} R {r:.2f}" for key in PHRASES for p, r in (found.phrase(key),))
    print("  exact after normalising: " + "   ".join(told))
    for error in found.errors[:errors]:
        print("  " + "\t".join(" ".join(part.split()) for part in error))


def main() -> None:
    """Score all sets, or those named; with ``--check`` fail under the floors, with ``--raise`` lift them."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("sets", nargs="*", help="names of sets; all by default")
    options.add_argument("--errors", type=int, default=0, help="print so many errors of each set")
    options.add_argument("--check", action="store_true", help="fail under the floors")
    options.add_argument(
        "--raise", dest="lift", action="store_true", help="lift the floors to what is reached"
    )
    given = options.parse_args()
    least = floors.load()
    faults: list[str] = []
    for gold in sets():
        if given.sets and gold.name not in given.sets:
            continue
        found = score(gold)
        _print(gold.name, found, given.errors)
        if given.check:
            faults += floors.below(gold.name, gold.sha256, found.figures(), least)
        if given.lift:
            least[gold.name] = floors.raised(gold.sha256, found.figures(), least.get(gold.name))
    if given.lift:
        floors.save(least)
    if faults:
        sys.exit("\n".join(["", *faults]))


if __name__ == "__main__":
    main()

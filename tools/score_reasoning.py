"""Score what reasoning finds against the cases of ``gold/reasoning``.

``python tools/score_reasoning.py [--set open|held|golden] [--misses]``. For each code it tells how many of the expected
findings are found and how many of the forbidden ones appear. Of the held set nothing but totals is ever printed.
``--check`` and ``--raise`` do with the floors what ``tools/score.py`` does; its sets are ``reasoning/open`` and so on.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

import floors
from reasoning_gold import GOLD, SEEDS, SETS, Case, Place, cases, claim_at, codes, place
from shanhai.model import Cited, Code, Finding, Promise
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason

ALARMS = {
    Code.DOES_NOT_ADD_UP,
    Code.CONTRADICTED,
    Code.NOT_COMPARABLE,
    Code.IMPLAUSIBLE,
    Code.RECYCLED,
    Code.RULE_BROKEN,
}
WIDEST = Fraction(1, 20)
"""An interval of the detail tells an expected number when it holds it and is at most this part of it wide."""


@dataclass
class Score:
    """What was found of one set.

    Attributes:
        expected, found: by code; promises and facts stand beside the codes.
        forbidden, appeared: ``never`` lines by code, and those that a finding breaks.
        related: of the found ones with a relation, how many name it.
        claims: claims read in all cases.
        alarms: findings that sound an alarm where no line of the case expects one.
        skipped: cases whose report does not lie beside the project.
        misses: a line for each fault.
    """

    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    forbidden: Counter[str] = field(default_factory=Counter)
    appeared: Counter[str] = field(default_factory=Counter)
    related: Counter[bool] = field(default_factory=Counter)
    claims: int = 0
    alarms: int = 0
    skipped: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """What floors are kept for: found of the expected, forbidden ones that stay away, relations named, and claims
        without an alarm that nothing expects."""
        return {
            "found": _part(self.found.total(), self.expected.total()),
            "silent": 1 - _part(self.appeared.total(), self.forbidden.total(), 0),
            "related": _part(self.related[True], self.related.total()),
            "calm": 1 - _part(self.alarms, self.claims, 0),
        }


def _part(some: int, of: int, none: float = 1) -> float:
    """Their quotient; ``none`` where there is nothing to divide by."""
    return some / of if of else none


@dataclass(frozen=True)
class Held:
    """A case with what was read of it and what came out."""

    case: Case
    evidence: tuple[Evidence, ...]
    out: Reasoned

    def canonical(self, where: Place) -> tuple[str, int, int]:
        """The stretch of a claim, or of its first telling in the same report."""
        doc, start, quote = where
        claim = claim_at(where, self.evidence)
        if claim is not None and claim.repeats is not None:
            return doc, claim.repeats.start, claim.repeats.end
        return doc, start, start + len(quote)

    def pointed(self, pointers: list[str]) -> set[tuple[str, int, int]]:
        """What the claims of a line point to."""
        return {self.canonical(place(pointer, self.evidence)) for pointer in pointers}

    def cited(self, claims: tuple[Cited, ...]) -> set[tuple[str, int, int]]:
        """What a finding or a fact names."""
        return {self.canonical((c.doc, c.start, c.quote)) for c in claims}


def score(which: str) -> Score:
    """Run the engine over all cases of a set."""
    total = Score()
    for case in cases(which):
        if case.missing:
            print(f"{case.name}: skipped, {', '.join(case.missing)} does not lie beside the project")
            total.skipped += 1
            continue
        add(case, total)
    return total


def add(case: Case, total: Score) -> None:
    """Run the engine over one case and add what was found to a score."""
    evidence = case.evidence()
    total.claims += sum(len(e.claims) for e in evidence)
    held = Held(case, evidence, reason(evidence, on=case.on))
    _expected(held, total)
    _promised(held, total)
    _grouped(held, total)
    _forbidden(held, total)


def _expected(held: Held, total: Score) -> None:
    wanted: list[Finding] = []
    for entry in held.case.entries("expect"):
        code = codes(entry)[0]
        total.expected[code] += 1
        matching = [f for f in held.out.findings if _matches(f, entry, held)]
        wanted += [f for f in held.out.findings if f.code in codes(entry)]
        if not matching:
            total.misses.append(f"{held.case.name}: missing {code} {_shown(entry)}")
            continue
        total.found[code] += 1
        if "relation" in entry:
            total.related[any(entry["relation"] in _words(f.detail) for f in matching)] += 1
    extra = [f for f in held.out.findings if f.code in ALARMS and not any(f is w for w in wanted)]
    total.alarms += len(extra)
    total.misses += [f"{held.case.name}: alarm {f.code} {_named(f)}" for f in extra]


def _matches(finding: Finding, entry: dict[str, Any], held: Held) -> bool:
    if finding.code not in codes(entry):
        return False
    if not held.pointed(entry.get("claims", [])) <= held.cited(finding.claims):
        return False
    return all(
        _told({key: finding.detail.get(key)} if key == "differs" else finding.detail, value)
        for key, value in entry.get("detail", {}).items()
    )


def _told(detail: dict[str, Any], value: Any) -> bool:
    """Whether a number, a word, or one of several words stands in a finding's detail."""
    if isinstance(value, (int, float)):
        wanted = Fraction(str(value))
        return any(abs(n) == abs(wanted) for n in _numbers(detail)) or any(
            low <= wanted <= high and high - low <= WIDEST * abs(wanted) for low, high in _intervals(detail)
        )
    return any(word in _words(detail) for word in (value if isinstance(value, list) else [value]))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _numbers(detail: Any) -> list[Fraction]:
    found = (_number(leaf) for leaf in _leaves(msgspec.to_builtins(detail, builtin_types=(Decimal,))))
    return [n for n in found if n is not None]


def _number(leaf: Any) -> Fraction | None:
    if isinstance(leaf, bool) or not isinstance(leaf, (int, float, str, Decimal)):
        return None
    try:
        return Fraction(str(leaf))
    except (ValueError, ZeroDivisionError):
        return None


def _intervals(value: Any) -> Iterator[tuple[Fraction, Fraction]]:
    """Pairs of low and high, wherever they stand in a detail."""
    value = msgspec.to_builtins(value, builtin_types=(Decimal,))
    if isinstance(value, dict):
        low, high = _number(value.get("low")), _number(value.get("high"))
        if low is not None and high is not None:
            yield min(low, high), max(low, high)
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _intervals(part)


def _words(detail: dict[str, Any]) -> set[str]:
    """The words of a detail, and the names under which it tells what differs."""
    plain = msgspec.to_builtins(detail, builtin_types=(Decimal,))
    differs = plain.get("differs")
    named = set(differs) if isinstance(differs, dict) else set()
    return named | {leaf for leaf in _leaves(plain) if isinstance(leaf, str)}


def _promised(held: Held, total: Score) -> None:
    for entry in held.case.entries("promises"):
        key = f"promise {entry['state']}"
        total.expected[key] += 1
        if any(_kept(promise, entry, held) for promise in held.out.promises):
            total.found[key] += 1
        else:
            total.misses.append(f"{held.case.name}: missing {key} {entry}")


def _kept(promise: Promise, entry: dict[str, Any], held: Held) -> bool:
    """Whether it is the promise of the entry, by its figure or by its words, in the state and with the date told."""
    doc, _, _ = place(entry["claim"], held.evidence)
    figure = held.pointed([entry["claim"]]) == held.cited((promise.cited,))
    told = "what" in entry and promise.cited.doc == doc and entry["what"] in promise.what
    due = "due" not in entry or promise.due == entry["due"]
    return (figure or told) and due and promise.state == entry["state"]


def _grouped(held: Held, total: Score) -> None:
    for entry in held.case.entries("facts"):
        total.expected["fact"] += 1
        wanted = held.pointed(entry["claims"])
        facts = [f for f in held.out.facts if wanted <= held.cited(f.supporting)]
        if any(f.sources == entry["sources"] for f in facts):
            total.found["fact"] += 1
        else:
            total.misses.append(f"{held.case.name}: missing fact {_shown(entry)}")


def _forbidden(held: Held, total: Score) -> None:
    for entry in held.case.entries("never"):
        code = codes(entry)[0]
        total.forbidden[code] += 1
        wanted = held.pointed(entry.get("claims", []))
        found = [f for f in held.out.findings if f.code in codes(entry) and wanted <= held.cited(f.claims)]
        total.appeared[code] += bool(found)
        total.misses += [f"{held.case.name}: forbidden {code} {_named(f)}" for f in found]


def _shown(entry: dict[str, Any]) -> str:
    return "; ".join(entry.get("claims", [])) + (f" {entry['detail']}" if "detail" in entry else "")


def _named(finding: Finding) -> str:
    return "; ".join(f"{c.doc}: {c.quote}" for c in finding.claims)


def sha256(which: str) -> str:
    """Of all cases of a set, and of the real reports that they are about."""
    digest = hashlib.sha256()
    for case in cases(which):
        digest.update((GOLD / f"{case.name}.yaml").read_bytes())
        for seed in (r["seed"] for r in case.content["reports"] if "seed" in r):
            if (SEEDS / seed).is_file():
                digest.update((SEEDS / seed).read_bytes())
    return digest.hexdigest()


def _print(which: str, total: Score, misses: bool) -> None:
    found, expected = sum(total.found.values()), sum(total.expected.values())
    appeared, forbidden = sum(total.appeared.values()), sum(total.forbidden.values())
    print(f"\n{which}: found {found} of {expected} expected; {appeared} of {forbidden} forbidden appear")
    related = sum(total.related.values())
    print(f"  relation named: {total.related[True]} of {related}; claims read: {total.claims}; ", end="")
    per = 1000 * total.alarms / total.claims if total.claims else 0
    print(f"alarms that nothing expects: {total.alarms}, {per:.1f} per 1,000 claims")
    for key in sorted(total.expected.keys() | total.forbidden.keys()):
        print(
            f"  {key:18} found {total.found[key]:3} of {total.expected[key]:3}"
            f"   forbidden {total.appeared[key]:3} of {total.forbidden[key]:3}"
        )
    for miss in total.misses if misses else ():
        print(f"  {miss}")


def main() -> None:
    """Score all sets, or one; ``--misses`` prints each fault, but never of the held set; ``--check``, ``--raise`` floors."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--set", choices=SETS, help="one set; all by default")
    options.add_argument("--misses", action="store_true", help="print each fault; never of the held set")
    options.add_argument("--check", action="store_true", help="fail under the floors")
    options.add_argument(
        "--raise", dest="lift", action="store_true", help="lift the floors to what is reached"
    )
    chosen = options.parse_args()
    least = floors.load()
    faults: list[str] = []
    for which in [chosen.set] if chosen.set else SETS:
        found, name = score(which), f"reasoning/{which}"
        _print(which, found, chosen.misses and which != "held")
        if found.skipped:
            print("  not held to its floor, as not all of its reports are here")
        elif chosen.check:
            faults += floors.below(name, sha256(which), found.figures(), least)
        elif chosen.lift:
            least[name] = floors.raised(sha256(which), found.figures(), least.get(name))
    if chosen.lift:
        floors.save(least)
    if faults:
        sys.exit("\n".join(["", *faults]))


if __name__ == "__main__":
    main()

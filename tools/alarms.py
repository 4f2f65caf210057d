"""The alarms of the reasoning engine on true texts, held against the list of those that were judged by hand.

All gold texts, examples and the seeds beside the project are reasoned over as one case, on the latest day that one of
them states. Each alarm (a finding that is an error or a warning, promises past their day aside) must stand in ``gold/reasoning/alarms.yaml``, judged right
or wrong. ``python tools/alarms.py`` prints the count a 1,000 claims; ``--new`` prints those that nobody judged yet.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from shanhai.claims.find import find_claims
from shanhai.model import Finding, Severity
from shanhai.reading.read import read
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason
from shanhai.reasoning.sources.naming import told_apart

ROOT = Path(__file__).parent.parent
JUDGED = ROOT / "gold" / "reasoning" / "alarms.yaml"
FOLDERS = (ROOT / "gold" / "open", ROOT / "gold" / "held", ROOT / "examples" / "reports")
SEEDS = ROOT.parent / "shared" / "seeds"


def evidence() -> tuple[Evidence, ...]:
    """All true texts, in order."""
    found = []
    for folder in (*FOLDERS, SEEDS):
        for path in sorted(folder.glob("*")):
            if path.suffix in {".jsonl", ".yaml"} or not path.is_file():
                continue
            report = read(path)
            found.append(Evidence(report.doc, tuple(find_claims(report)), report))
    return told_apart(found)


def alarms(given: tuple[Evidence, ...]) -> Iterator[Finding]:
    """The findings that ask for attention."""
    latest = max((e.date for e in given if e.date), default=None)
    for finding in reason(given, on=latest).findings:
        if finding.severity is not Severity.INFO and finding.code.value != "promise_due":
            yield finding


def name(finding: Finding) -> str:
    """What tells an alarm from all others: its code and the places that it names."""
    places = "; ".join(f"{c.doc} {''.join(c.quote.split())}" for c in finding.claims)
    return f"{finding.code.value}: {places}"


def main() -> int:
    """Print the count; 1 where an alarm was not judged, or a judged one is gone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--new", action="store_true", help="print the alarms that nobody judged yet")
    options = parser.parse_args()
    given = evidence()
    judged = (
        {entry["alarm"]: entry for entry in yaml.safe_load(JUDGED.read_text("utf-8"))}
        if JUDGED.exists()
        else {}
    )
    found = {name(f): f for f in alarms(given)}
    claims = sum(len(e.claims) for e in given)
    wrong = [a for a in found if judged.get(a, {}).get("judged") == "wrong"]
    new = [a for a in found if a not in judged]
    print(
        f"{len(found)} alarms over {claims:,} claims of {len(given)} texts, {len(found) * 1000 / claims:.1f} per 1,000; "
        f"{len(wrong)} wrong, {len(wrong) * 1000 / claims:.1f} per 1,000; {len(new)} not judged"
    )
    if options.new:
        for alarm in new:
            print(f"- alarm: '{alarm}'\n  says: {found[alarm].message.zh}")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())

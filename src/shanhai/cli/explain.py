"""Why a claim's indicator and area were chosen."""

from collections.abc import Iterable

import click

from shanhai.claims.batch import Outcome
from shanhai.claims.find import explain


def explain_all(found: Iterable[Outcome]) -> None:
    """For each claim what was weighed: codes with their scores and the words that spoke for them."""
    for outcome in found:
        if outcome.report is None:
            continue
        choices = explain(outcome.report)
        for claim in outcome.claims:
            choice = choices[claim.start, claim.end]
            click.echo(f"\n{claim.doc} {claim.start}–{claim.end}  {' '.join(claim.quote.split())}")
            click.echo(f"  → {choice.area} · {choice.indicator or '–'}   {claim.measure or ''}")
            for code, score, words in choice.weighed:
                click.echo(f"     {score:5.2f}  {code}  {'、'.join(words)}")

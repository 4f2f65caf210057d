"""Rebuilding facts and findings for a command, with a progress bar; ``shanhai ledger rebuild``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shanhai.cli import ledgers
from shanhai.cli.bars import bar

if TYPE_CHECKING:
    from shanhai.ledger.actions.rebuild import Rebuilt
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.models import Pairing


@click.command("rebuild")
@ledgers.option
@click.option("--pairing", metavar="KEY", help="Only this pairing; - for what is filed under none.")
def command(ledger: Path | None, pairing: str | None) -> None:
    """Build facts, findings and promises anew from the statements that stand.

    Decisions, assignments and settled findings stay as they are.
    """
    with ledgers.opened(ledger):
        actor = ledgers.actor()
        wanted = pairings(actor) if pairing is None else [named(actor, pairing)]
        for one, built in zip(wanted, rebuilt(wanted, actor), strict=True):
            click.echo(told(one, built))


def rebuilt(wanted: Sequence["Pairing | None"], actor: "Actor") -> list["Rebuilt"]:
    """Rebuild pairings; a bar runs with the reports on a terminal."""
    from shanhai.ledger.actions.rebuild import rebuild
    from shanhai.ledger.models import Report
    from shanhai.programme.actions.matching import rebuild_matches

    found = []
    for pairing in wanted:
        reports = Report.objects.filter(source__pairing=pairing).count()
        with bar("Rebuilding 重建", reports) as advance:
            found.append(rebuild(pairing, actor=actor, advance=advance))
        if pairing:
            rebuild_matches(pairing, actor=actor)
    return found


def pairings(actor: "Actor") -> list["Pairing | None"]:
    """All pairings that have reports, last what is filed under none if anything is."""
    from shanhai.ledger import access

    filed = set(access.sources(actor).order_by().values_list("pairing", flat=True).distinct())
    found: list[Pairing | None] = [p for p in access.pairings(actor) if p.pk in filed]
    return [*found, None] if None in filed else found


def named(actor: "Actor", key: str) -> "Pairing | None":
    """The pairing with a key; none for ``-``.

    Raises:
        NothingDone: there is no such pairing.
    """
    from shanhai.ledger import access

    if key == "-":
        return None
    found = access.pairings(actor)
    pairing = found.filter(key=key).first()
    if pairing is None:
        keys = "、".join(found.values_list("key", flat=True)[:20])
        raise ledgers.NothingDone(
            f"账本中没有结对关系“{key}”。已有：{keys or '无'}。",
            f"There is no pairing {key} in the ledger. There are: {keys or 'none'}.",
        )
    return pairing


def told(pairing: "Pairing | None", built: "Rebuilt") -> str:
    """One line on what was built."""
    key = pairing.key if pairing else "-"
    zh = f"{built.facts:,} 条事实、{built.findings:,} 个问题、{built.promises:,} 项承诺"
    return f"{key}: {zh}  {built.facts:,} facts, {built.findings:,} findings, {built.promises:,} promises"

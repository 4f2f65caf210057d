"""``shanhai register demo``: an invented programme of realistic size, for a first look."""

from pathlib import Path

import click

from shanhai.cli import ledgers

_SEED, _KEY = 1, "demonstration"
"""Those of ``programme.demonstration``, which is loaded with Django; a test compares them."""


@click.command("demo")
@click.option(
    "--seed", type=int, default=_SEED, show_default=True, help="Another seed gives another programme."
)
@click.option(
    "--pairing", default=_KEY, show_default=True, metavar="KEY", help="The pairing; made where there is none."
)
@ledgers.option
def command(seed: int, pairing: str, ledger: Path | None) -> None:
    """Fill a pairing's empty register with an invented programme.

    Three terms, 60 members, 120 projects, 2,000 money events and 3,000 activities that fit together. The same seed
    gives the same records. Nothing in it is real.
    """
    with ledgers.opened(ledger, create=True):
        from shanhai.programme.demonstration import make
        from shanhai.programme.kinds import KINDS

        _, entered = make(pairing, seed=seed, actor=ledgers.actor())
        for name, number in entered.items():
            click.echo(f"{number:>6,}  {KINDS[name].zh} {KINDS[name].many_en}")
    click.echo("演示数据全部虚构。 All of it is invented.")

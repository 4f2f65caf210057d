"""What the commands that read reports have in common: their arguments, the progress bar, the faults' lines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from shanhai.claims.batch import FEW, Outcome, outcomes
from shanhai.model import UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import gather

SOME_UNREADABLE = 1
"""Exit status when some inputs could not be read and the rest was done."""

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="Processes to use; all cores by default."
)
max_size = click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    metavar="MB",
    help="Refuse larger files.",
)


def outcomes_of(paths: tuple[str, ...], jobs: int | None, max_size: int) -> Iterator[Outcome]:
    """The outcomes of all that ``paths`` name, with a progress bar on more than a few."""
    limits = Limits(bytes=max_size * 1024 * 1024)
    given = list(gather(paths, limits=limits))
    with progress(len(given)) as advance:
        yield from outcomes(given, jobs=jobs, limits=limits, advance=advance)


@contextmanager
def progress(length: int) -> Iterator[Callable[[], None]]:
    """What to call after each of ``length`` inputs; a bar is shown for more than a few, on a terminal."""
    if length <= FEW or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Reading 读取", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def tell(unreadable: list[UnreadableInput]) -> None:
    """One line a fault, on standard error."""
    for fault in unreadable:
        click.echo(f"shanhai: {fault}", err=True)

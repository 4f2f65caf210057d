"""``shanhai claims``: the claims of reports, as a table, JSON lines, CSV, Parquet, a page or an evidence file."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from shanhai.claims.batch import Outcome
from shanhai.cli import inputs
from shanhai.cli.writers import FORMATS, writer
from shanhai.model import Claim, ShanhaiError, Status, UnreadableInput


@click.command("claims")
@inputs.paths
@click.option("--format", "-f", "kind", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--area", "-a", multiple=True, help="Only claims of this area; may be given again.")
@click.option("--indicator", "-i", multiple=True, help="Only claims of this indicator; may be given again.")
@click.option(
    "--status", type=click.Choice([s.value for s in Status]), help="Only what is done, or expected."
)
@click.option("--explain", is_flag=True, help="Say for each claim why its indicator and area were chosen.")
@inputs.jobs
@inputs.max_size
def command(
    paths: tuple[str, ...],
    kind: str,
    output: Path | None,
    area: tuple[str, ...],
    indicator: tuple[str, ...],
    status: str | None,
    explain: bool,
    jobs: int | None,
    max_size: int,
) -> None:
    """Take every quantity out of reports, with its exact place.

    PATH is a file, a folder, a glob pattern, or - for standard input. Text, HTML, Markdown, DOCX, PDF with a text
    layer, XLSX and CSV are read. Exit status: 0 all read, 1 some inputs unreadable and the rest done, 2 wrong usage.
    """
    unreadable: list[UnreadableInput] = []
    keep = _Filter(area, indicator, status)
    found = _readable(inputs.outcomes_of(paths, jobs, max_size), unreadable, keep)
    try:
        if explain:
            from shanhai.cli.explain import explain_all

            explain_all(found)
        else:
            writer(kind)(found, output, unreadable)
    except ShanhaiError as e:
        raise click.ClickException(str(e)) from None
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as e:
        raise click.ClickException(f"{output}: {e.strerror}; choose another place with --output") from None
    inputs.tell(unreadable)
    sys.exit(inputs.SOME_UNREADABLE if unreadable else 0)


class _Filter:
    def __init__(self, area: tuple[str, ...], indicator: tuple[str, ...], status: str | None) -> None:
        self.area = frozenset(area)
        self.indicator = frozenset(indicator)
        self.status = status

    def __call__(self, claim: Claim) -> bool:
        return (
            (not self.area or claim.area in self.area)
            and (not self.indicator or claim.indicator in self.indicator)
            and (self.status is None or claim.status == self.status)
        )


def _readable(
    found: Iterable[Outcome], unreadable: list[UnreadableInput], keep: _Filter
) -> Iterable[Outcome]:
    """The outcomes with a report, their claims filtered; the others are put into ``unreadable``."""
    for outcome in found:
        if outcome.unreadable is not None:
            unreadable.append(outcome.unreadable)
        else:
            yield Outcome(outcome.name, outcome.report, type(outcome.claims)(filter(keep, outcome.claims)))

"""``shanhai overview``: a summary of reports, and a page to look at."""

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console

from shanhai.catalogue.areas import load_areas
from shanhai.claims.batch import Outcome
from shanhai.cli import inputs
from shanhai.cli.writers.html import write as write_page
from shanhai.cli.writers.table import table_of
from shanhai.model import UnreadableInput

_FIRST_ROWS = 12
_MOST_UNITS = 12
_NARROW = 112


@click.command("overview")
@inputs.paths
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at.")
@inputs.jobs
@inputs.max_size
def command(paths: tuple[str, ...], page: Path | None, jobs: int | None, max_size: int) -> None:
    """Read reports and print a summary; write a page to look at."""
    found = list(inputs.outcomes_of(paths, jobs, max_size))
    unreadable = [o.unreadable for o in found if o.unreadable is not None]
    read = [o for o in found if o.report is not None]
    console = Console(highlight=False)
    _summary(Console(highlight=False, width=max(console.width, _NARROW)), read, unreadable)
    if page is not None:
        try:
            write_page(read, page, unreadable)
        except OSError as e:
            raise click.ClickException(f"{page}: {e.strerror}; choose another place with --page") from None
        click.echo(f"\nOpen this page in a browser 用浏览器打开: {page}")
    sys.exit(inputs.SOME_UNREADABLE if unreadable else 0)


def _summary(console: Console, read: list[Outcome], unreadable: list[UnreadableInput]) -> None:
    claims = [c for o in read for c in o.claims]
    console.print(
        f"[bold]Reports read 已读报告[/bold]  {len(read)}     [bold]claims 数[/bold]  {len(claims)}"
    )
    for outcome in read:
        report = outcome.report
        assert report is not None  # only those that were read
        console.print(f"  {report.source.name}  {report.title or ''}  {len(outcome.claims)}", markup=False)
    for fault in unreadable:
        console.print(f"  ✗ {fault}", style="red", markup=False)
    _counts(console, "Damage 损伤", _damage(read))
    _counts(console, "Kinds 种类", Counter(c.kind.value for c in claims))
    _counts(console, "Units 单位", Counter(c.unit or "–" for c in claims), _MOST_UNITS)
    names = {key: f"{area.name_zh} {key}" for key, area in load_areas().items()}
    _counts(console, "Areas 领域", Counter(names.get(c.area or "", "–") for c in claims))
    first = [c for c in claims if not c.minor][:_FIRST_ROWS]
    if first:
        console.print(f"\n[bold]The first {len(first)} 前几条[/bold]")
        console.print(table_of(first))


def _damage(read: list[Outcome]) -> Counter[str]:
    found: Counter[str] = Counter()
    for outcome in read:
        if outcome.report is not None:
            for damage in outcome.report.damage:
                found[damage.kind.value.replace("_", " ")] += len(damage.spans)
    return found


def _counts(console: Console, name: str, counts: Counter[str], most: int | None = None) -> None:
    told = "   ".join(f"{key} {n}" for key, n in counts.most_common(most)) or "none 无"
    console.print(f"[bold]{name}[/bold]  ", end="")
    console.print(told, markup=False)

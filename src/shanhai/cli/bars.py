"""Progress bars of the commands that work on a ledger; only on a terminal, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[], None]]:
    """What to call after each of ``length`` steps. What is printed meanwhile stands above the bar."""
    if not sys.stderr.isatty() or length == 0:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as shown:
        task = shown.add_task(label, total=length)
        yield lambda: shown.advance(task)

"""``shanhai read``: files and folders into a ledger."""

import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
import msgspec

from shanhai.cli import inputs, ledgers, rebuilding
from shanhai.cli.bars import bar
from shanhai.model import UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import Input, gather

if TYPE_CHECKING:
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.filling import Filing, Filled

INTERRUPTED = 130
"""Exit status after Ctrl-C."""
FORMATS = ("text", "json")


@click.command("read")
@inputs.paths
@ledgers.option
@click.option("--pairing", metavar="KEY", default="-", help="File new sources under this pairing.")
@click.option(
    "--origin", metavar="TEXT", default="", help="Where they came from; each file's path by default."
)
@click.option("--by", metavar="NAME", help="Who sends them, as the audit will say; your account by default.")
@click.option("--no-rebuild", is_flag=True, help="Leave facts and findings as they are.")
@click.option("--format", "-f", "kind", type=click.Choice(FORMATS), default="text", show_default=True)
@inputs.jobs
@inputs.max_size
def command(
    paths: tuple[str, ...],
    ledger: Path | None,
    pairing: str,
    origin: str,
    by: str | None,
    no_rebuild: bool,
    kind: str,
    jobs: int | None,
    max_size: int,
) -> None:
    """Read reports into a ledger, which is made where there is none; then build facts and findings.

    PATH is a file, a folder, a glob pattern, or - for standard input. What the ledger holds already is not read
    again and changes nothing. Each file is stored whole or not at all: after Ctrl-C or a crash the same command
    goes on where it ended. Exit status: 0 all read, 1 some inputs unreadable and the rest done, 2 nothing done or
    the ledger failed, 130 interrupted.
    """
    limits = Limits(bytes=max_size * 1024 * 1024)
    given = list(gather(paths, limits=limits))
    run = _Run(kind, len(given))
    with ledgers.opened(ledger, create=True):
        from shanhai.ledger.actors import Actor
        from shanhai.ledger.filling import Filing

        actor = Actor.command_line(by) if by else ledgers.actor()
        filing = Filing(actor, rebuilding.named(actor, pairing), origin)
        try:
            run.fill(given, filing, jobs, limits)
            if not no_rebuild and not run.interrupted:
                run.rebuild(actor)
        except KeyboardInterrupt:
            run.interrupted = True
        finally:
            run.sum_up()
    sys.exit(INTERRUPTED if run.interrupted else inputs.SOME_UNREADABLE if run.unreadable else 0)


class _Run:
    """One run of the command: what it did, told file by file and summed up at its end."""

    def __init__(self, kind: str, files: int) -> None:
        self.kind, self.files = kind, files
        self.told: list[dict[str, Any]] = []
        self.rebuilt: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self.new = 0
        self.interrupted = False

    @property
    def unreadable(self) -> int:
        """How many files gave no report."""
        return self.counts["refused"]

    def fill(
        self, given: Sequence[Input | UnreadableInput], filing: "Filing", jobs: int | None, limits: Limits
    ) -> None:
        """Store the files, with a line for each."""
        from shanhai.ledger.filling import fill

        with bar("Reading 读取", len(given)) as advance, self._interrupts():
            for filled in fill(given, filing, jobs=jobs, limits=limits):
                self._tell(filled)
                advance()
                if self.interrupted:
                    break

    @contextmanager
    def _interrupts(self) -> Iterator[None]:
        """Ctrl-C ends the run after the file at hand, so that what is told is what is stored; a second one at once."""

        def stop(number: int, frame: FrameType | None) -> None:
            if self.interrupted:
                raise KeyboardInterrupt
            self.interrupted = True

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def rebuild(self, actor: "Actor") -> None:
        """Build anew the facts of all pairings of which a report was read since."""
        from shanhai.ledger.actions.rebuild import behind

        wanted = [pairing for pairing in rebuilding.pairings(actor) if behind(pairing)]
        for pairing, built in zip(wanted, rebuilding.rebuilt(wanted, actor), strict=True):
            self.rebuilt.append({"pairing": pairing.key if pairing else None, **msgspec.to_builtins(built)})
            if self.kind == "text":
                click.echo(rebuilding.told(pairing, built))

    def sum_up(self) -> None:
        """Say what the run did; also where it was interrupted, or failed."""
        done = len(self.told)
        if self.kind == "json":
            found = {"files": self.told, **self._summary(), "rebuilt": self.rebuilt}
            click.echo(msgspec.json.format(msgspec.json.encode(found)))
            return
        read, known, refused = (self.counts[k] for k in ("read", "known", "refused"))
        click.echo(
            f"新读 {read:,} 份，已有 {known:,} 份，无法读取 {refused:,} 份；新增 {self.new:,} 个数  "
            f"{read:,} read, {known:,} already there, {refused:,} could not be read; {self.new:,} new claims"
        )
        if self.interrupted:
            click.echo(
                f"已中断：{self.files:,} 份中完成 {done:,} 份，均已完整入库；再次运行同一命令即可继续。\n"
                f"Interrupted: {done:,} of {self.files:,} are done and stored whole; the same command goes on from there.",
                err=True,
            )
        elif not read and done == self.files and not refused:
            click.echo("没有任何变化。  Nothing changed.")

    def _summary(self) -> dict[str, Any]:
        counted = {k: self.counts[k] for k in ("read", "known", "refused")}
        return {**counted, "new": self.new, "interrupted": self.interrupted}

    def _tell(self, filled: "Filled") -> None:
        received, fault = filled.received, filled.fault
        progress = received.progress.value if received and not fault else "refused"
        self.counts[progress] += 1
        self.new += received.new if received else 0
        self.told.append(_object(filled, progress))
        if self.kind == "json":
            return
        if fault:
            click.echo(f"shanhai: {fault}", err=True)
        elif received and progress == "read":
            changed = (
                f"，其中新 {received.new:,}，消失 {received.gone:,}"
                if received.new != received.statements
                else ""
            )
            beside = f" ({received.new:,} new, {received.gone:,} gone)" if changed else ""
            click.echo(
                f"{filled.name}: 读出 {received.statements:,} 个数{changed}  read {received.statements:,} claims{beside}"
            )
        else:
            click.echo(f"{filled.name}: 账本中已有  already there")


def _object(filled: "Filled", progress: str) -> dict[str, Any]:
    """One file's result as JSON."""
    received, fault = filled.received, filled.fault
    told: dict[str, Any] = {"name": filled.name, "result": progress}
    if received:
        told["sha256"] = received.source.sha256
    if received and progress == "read":
        told |= {"statements": received.statements, "new": received.new, "gone": received.gone}
    if fault:
        told |= {"reason": fault.reason, "remedy": fault.remedy}
    return told

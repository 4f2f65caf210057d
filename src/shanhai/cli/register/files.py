"""What the commands of the register have in common: the pairing, and files that are written once."""

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from shanhai.cli import ledgers

if TYPE_CHECKING:
    from shanhai.ledger.models import Pairing

ATTENTION = 3
"""Exit status when something of what was asked needs a person: rows that were not taken in, lines that do not agree."""

pairing_option = click.option(
    "--pairing", "-p", required=True, metavar="KEY", help="The pairing whose register it is."
)


def pairing_of(key: str) -> "Pairing":
    """The pairing of a key."""
    from shanhai.ledger import access

    return access.access_pairing(ledgers.actor(), key)


def require_ending(file: Path, endings: tuple[str, ...]) -> None:
    """Refuse a name that does not say what the file will be."""
    if file.suffix.lower() not in endings:
        raise ledgers.NothingDone(
            f"文件名须以{'或'.join(endings)}结尾：{file.name}。",
            f"The file must end in {' or '.join(endings)}: {file.name}.",
        )


def fresh(file: Path) -> BinaryIO:
    """A new file; one that is there is never written over."""
    require_new(file)
    return file.open("xb")


def require_new(file: Path) -> None:
    """Refuse a file that is there, before anything is done."""
    if file.exists():
        raise ledgers.NothingDone(
            f"{file} 已经存在，没有覆盖。请另取文件名。", f"{file} is there already. Give another name."
        )

"""Everything Shanhai raises on purpose.

ShanhaiError
├── UnreadableInput        one input cannot be read; the others still are
│   ├── EmptyInput         no bytes, or nothing but white space
│   ├── TooLarge           more bytes, cells or pages than one report may hold
│   ├── UnknownFormat      not a kind of file that is read
│   ├── EncryptedInput     protected by a password
│   ├── BrokenInput        damaged so that no text can be taken out
│   ├── NoTextLayer        a PDF of pictures only
│   └── NotAccessible      missing, or without permission
├── CatalogueError         a catalogue file does not say what it must
└── InvariantBroken        a value that contradicts its own definition
"""


class ShanhaiError(Exception):
    """The root of all errors that Shanhai raises on purpose."""


class UnreadableInput(ShanhaiError):
    """One input that cannot be read, told as a clerk can act on it.

    Args:
        name: the file's name as the user gave it.
        reason: what is wrong, in a few words.
        remedy: what the user can do about it.
    """

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(name, reason, remedy)
        self.name = name
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{printable(self.name)}: {self.reason}; {self.remedy}"


class EmptyInput(UnreadableInput):
    """No bytes, or nothing but white space."""


class TooLarge(UnreadableInput):
    """More bytes, cells or pages than one report may hold."""


class UnknownFormat(UnreadableInput):
    """Not a kind of file that is read."""


class EncryptedInput(UnreadableInput):
    """Protected by a password."""


class BrokenInput(UnreadableInput):
    """Damaged so that no text can be taken out."""


class NoTextLayer(UnreadableInput):
    """A PDF that holds pictures of pages and no text."""


class NotAccessible(UnreadableInput):
    """Missing, or without permission to read."""


class CatalogueError(ShanhaiError):
    """Catalogue files that do not say what they must; all problems are gathered.

    Args:
        problems: one line a problem: file, key, what is wrong, what to do.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(self.problems)


class InvariantBroken(ShanhaiError):
    """A value that contradicts its own definition, such as a claim whose digits its quote does not hold."""


def printable(name: str) -> str:
    """A file name that any terminal can show: undecodable bytes and control characters become ``\\x..``."""
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)

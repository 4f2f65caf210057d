"""Where writers write: a file that appears whole or not at all, or standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """A binary stream to ``output``; the file is put in place only when all was written."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        os.replace(part, output)
    finally:
        part.unlink(missing_ok=True)

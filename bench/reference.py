"""The reference of all ratios: bytes decoded, and one compiled pattern that only finds digits."""

import re
from collections.abc import Iterable

from bench.timing import Job

NAME = "digits only"
_DIGITS = re.compile("[0-9０-９]+")


def digits_only(inputs: Iterable[tuple[bytes, str]]) -> Job:
    """The job that decodes each input by its charset and counts the runs of digits in it."""
    held = list(inputs)

    def job() -> int:
        return sum(1 for data, charset in held for _ in _DIGITS.finditer(data.decode(charset)))

    return job

"""The version of the reading: it changes when the package or the catalogue does, and then sources are read again."""

import hashlib
import os
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import shanhai


@cache
def reader_version() -> str:
    """The package's version with the first digits of the hash of the catalogue, a user's own folder among it."""
    digest = hashlib.sha256()
    _add(digest, files("shanhai.catalogue") / "data")
    if own := os.environ.get("SHANHAI_CATALOGUE"):
        _add(digest, Path(own))
    return f"{shanhai.__version__}+{digest.hexdigest()[:12]}"


def _add(digest: "hashlib._Hash", folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            _add(digest, entry)
        elif entry.name.endswith((".yaml", ".csv")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")

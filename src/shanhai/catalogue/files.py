"""The catalogue's files: where they lie and how they are read.

A catalogue file is YAML with the keys of one frozen struct; unknown keys are errors.
"""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from shanhai.model import CatalogueError

OVERLAY = "SHANHAI_CATALOGUE"
"""The environment variable that names a user's own folder, laid over the built-in catalogue."""

T = TypeVar("T")
Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def data_files(folder: str) -> list[Traversable]:
    """The YAML files of a folder of the built-in catalogue, by name."""
    return _yaml_in(data_file(folder))


def data_file(name: str) -> Traversable:
    """One file of the built-in catalogue."""
    return files("shanhai.catalogue") / "data" / name


def own_folder() -> Path | None:
    """The user's own folder; None where none is named."""
    named = os.environ.get(OVERLAY)
    return Path(named) if named else None


def overlaid_files(folder: str) -> list[Traversable]:
    """The YAML files of a folder, by name; a file of the user's own folder replaces the built-in one of its name.

    Raises:
        CatalogueError: when the folder that the user names is not there.
    """
    found = {f.name: f for f in data_files(folder)}
    own = own_folder()
    if own is not None:
        if not own.is_dir():
            raise CatalogueError((f"{OVERLAY}: there is no folder {own}; make it, or unset the variable",))
        found |= {f.name: f for f in _yaml_in(own / folder)}
    return [found[name] for name in sorted(found)]


def _yaml_in(folder: Traversable) -> list[Traversable]:
    found = [f for f in folder.iterdir() if f.name.endswith(".yaml")] if folder.is_dir() else []
    return sorted(found, key=lambda f: f.name)


def decode(file: Traversable, kind: type[T]) -> T:
    """The content of one catalogue file as ``kind``.

    Raises:
        CatalogueError: when the file is not YAML or does not hold what ``kind`` asks for.
    """
    try:
        return msgspec.convert(yaml.load(file.read_text("utf-8"), Loader), kind, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as e:
        reason = " ".join(str(e).split())
        raise CatalogueError((f"{file.name}: {reason}",)) from None


def decode_all(found: list[Traversable], kind: type[T]) -> dict[str, T]:
    """The content of many files, by file name without ending; all problems are raised together."""
    decoded: dict[str, T] = {}
    problems: list[str] = []
    for file in found:
        try:
            decoded[file.name.removesuffix(".yaml")] = decode(file, kind)
        except CatalogueError as e:
            problems += e.problems
    if problems:
        raise CatalogueError(tuple(problems))
    return decoded

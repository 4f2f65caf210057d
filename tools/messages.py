"""The English of the web application: collects Chinese texts by area, keeps each ``django.po`` sorted, makes each ``django.mo``.

``python tools/messages.py`` brings the files up to date: new texts come with an empty translation, unused ones go.
``--check`` changes nothing and tells what is missing or stale.
"""

import io
import struct
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "shanhai" / "web"
OF_ALL = "frame"
"""The area whose file holds what stands in the modules that belong to no area."""
HEADER = (
    "Language: en\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)
NUL = "\0"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def areas(web: Path = WEB) -> list[Path]:
    """The folders of the areas."""
    return sorted(folder for folder in web.iterdir() if (folder / "__init__.py").is_file())


def texts(area: Path) -> Catalog:
    """What an area's modules and templates have to say, without translations."""
    files = [*area.rglob("*.py"), *area.rglob("*.html")]
    if area.name == OF_ALL:
        files += area.parent.glob("*.py")
    told = Catalog(locale="en", fuzzy=False)
    for file in sorted(files):
        for _, message, _, context in extract("python", io.BytesIO(_as_python(file)), KEYWORDS):
            told.add(message, context=context)
    return told


def merged(area: Path) -> Catalog:
    """What an area has to say, with the translations that are there."""
    told, kept = texts(area), _kept(area)
    for message in _messages(told):
        before = kept.get(message.id, message.context)
        if before is not None and before.string and bool(before.pluralizable) == bool(message.pluralizable):
            message.string = before.string
    return told


def po_of(catalog: Catalog) -> bytes:
    """The catalogue as the text of a ``.po`` file, sorted, without times and places."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, omit_header=True, width=0)
    lines = "".join(f'"{line}\\n"\n' for line in HEADER.splitlines())
    head = f'msgid ""\nmsgstr ""\n{lines}\n'
    return head.encode() + out.getvalue().rstrip() + b"\n"


def mo_of(po: bytes) -> bytes:
    """The ``.mo`` file of a ``.po`` file: the same bytes whenever and by whichever version it is made."""
    pairs = {b"": HEADER.encode()}
    for message in _messages(read_po(io.BytesIO(po), locale="en")):
        if _is_told(message):
            ids, strings = _several(message.id), _several(message.string)
            context = f"{message.context}\x04" if message.context else ""
            pairs[f"{context}{NUL.join(ids)}".encode()] = NUL.join(strings).encode()
    keys = sorted(pairs)
    count, at = len(keys), 28 + 16 * len(keys)
    tables: list[bytes] = []
    for texts_ in (keys, [pairs[key] for key in keys]):
        for text in texts_:
            tables.append(struct.pack("<II", len(text), at))
            at += len(text) + 1
    head = struct.pack("<IIIIIII", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    told = b"".join(text + b"\0" for text in [*keys, *(pairs[key] for key in keys)])
    return head + b"".join(tables) + told


def faults(web: Path = WEB) -> list[str]:
    """Each text without English or with two of them, and each file that is stale."""
    wrong = []
    english: dict[tuple[str, str | None], tuple[str, object]] = {}
    for area in areas(web):
        catalog = merged(area)
        for message in _messages(catalog):  # all areas' files become one when the application runs
            first, before = english.setdefault(
                (str(message.id), message.context), (area.name, message.string)
            )
            if before != message.string:
                wrong.append(f"{area.name}: {message.id!r} is {message.string!r} here, {before!r} in {first}")
        wrong += [f"{area.name}: no English for {m.id!r}" for m in _messages(catalog) if not _is_told(m)]
        po, mo = _files(area)
        if not len(catalog) and not po.exists():
            continue
        if not po.is_file() or po.read_bytes() != po_of(catalog):
            wrong.append(f"{area.name}: django.po is stale; run python tools/messages.py")
        elif not mo.is_file() or mo.read_bytes() != mo_of(po.read_bytes()):
            wrong.append(f"{area.name}: django.mo is stale; run python tools/messages.py")
    return wrong


def _update(web: Path = WEB) -> None:
    for area in areas(web):
        catalog = merged(area)
        po, mo = _files(area)
        if not len(catalog) and not po.exists():
            continue
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(po_of(catalog))
        mo.write_bytes(mo_of(po.read_bytes()))


def _as_python(file: Path) -> bytes:
    """A module as it is; a template turned into the calls that its tags stand for."""
    text = file.read_text("utf-8")
    if file.suffix == ".html":
        from django.utils.translation.template import templatize

        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return b"# -*- coding: utf-8 -*-\n" + text.encode()


def _kept(area: Path) -> Catalog:
    po, _ = _files(area)
    if not po.is_file():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en")


def _files(area: Path) -> tuple[Path, Path]:
    folder = area / "locale" / "en" / "LC_MESSAGES"
    return folder / "django.po", folder / "django.mo"


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _is_told(message: Message) -> bool:
    return all(_several(message.string))


def _several(told: object) -> tuple[str, ...]:
    """One text, or a singular with its plurals."""
    return tuple(map(str, told)) if isinstance(told, (tuple, list)) else (str(told or ""),)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        _update()
    if told := faults():
        raise SystemExit("\n".join(told))

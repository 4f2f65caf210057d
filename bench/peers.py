"""The peers measured beside us, each only where it is installed; only trafilatura comes with ``shanhai[test]``."""

import contextlib
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar

Input = TypeVar("Input", str, bytes)


@dataclass(frozen=True)
class Peer(Generic[Input]):
    """One peer.

    Attributes:
        name: what it is called, and which part of it is used.
        package: what to install for it.
        load: imports it and hands back what it does to one text or page.
    """

    name: str
    package: str
    load: Callable[[], Callable[[Input], object]]


def installed(peers: tuple[Peer[Input], ...]) -> tuple[dict[str, Callable[[Input], object]], list[str]]:
    """What the peers do, by name, and a line for each that is not here. Their warnings are not shown."""
    warnings.simplefilter("ignore")
    jobs: dict[str, Callable[[Input], object]] = {}
    missing: list[str] = []
    for peer in peers:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                jobs[peer.name] = peer.load()
        except ImportError as e:
            missing.append(
                f"{peer.name}: not installed ({e.msg.splitlines()[0]}); pip install {peer.package}"
            )
    return jobs, missing


def _recognizers() -> Callable[[str], object]:
    suite = import_module("recognizers_suite")
    models = ["number", "ordinal", "percentage", "age", "currency", "dimension", "temperature", "datetime"]
    recognize = [getattr(suite, f"recognize_{model}") for model in models]
    chinese = suite.Culture.Chinese
    return lambda text: [found for model in recognize for found in model(text, chinese)]


def _jionlp_money() -> Callable[[str], object]:
    extract = import_module("jionlp").ner.extract_money
    return lambda text: extract(text, with_parsing=True)


def _cn2an() -> Callable[[str], object]:
    transform: Callable[[str], object] = import_module("cn2an").transform
    return transform


QUANTITIES: tuple[Peer[str], ...] = (
    Peer("recognizers-text-suite, 8 models", "recognizers-text-suite==1.0.2a2 'emoji<2'", _recognizers),
    Peer("jionlp, money only", "jionlp==1.5.31", _jionlp_money),
    Peer("cn2an, rewrites text", "cn2an==0.5.24", _cn2an),
)
"""From text to quantities."""


def _trafilatura() -> Callable[[bytes], object]:
    extract: Callable[[bytes], object] = import_module("trafilatura").extract
    return extract


def _justext() -> Callable[[bytes], object]:
    module = import_module("justext")
    nothing: frozenset[str] = frozenset()
    return lambda page: module.justext(page, nothing, length_low=20, length_high=60)


def _resiliparse() -> Callable[[bytes], object]:
    encoding = import_module("resiliparse.parse.encoding")
    extract = import_module("resiliparse.extract.html2text").extract_plain_text

    def text_of(page: bytes) -> object:
        return extract(encoding.bytes_to_str(page, encoding.detect_encoding(page)), main_content=True)

    return text_of


def _lexbor() -> Callable[[bytes], object]:
    parser = import_module("selectolax.lexbor").LexborHTMLParser
    return lambda page: parser(page).body.text(separator="\n")


def _tag_strip() -> Callable[[bytes], object]:
    dropped = re.compile(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>")
    return lambda page: dropped.sub("\n", page.decode("utf-8", "replace"))


TRAFILATURA = "trafilatura"
PAGES: tuple[Peer[bytes], ...] = (
    Peer(TRAFILATURA, "trafilatura>=2.0", _trafilatura),
    Peer("justext", "justext 'lxml[html-clean]'", _justext),
    Peer("resiliparse, main content", "resiliparse", _resiliparse),
    Peer("lexbor, all text", "selectolax>=1.0", _lexbor),
    Peer("tags stripped by a pattern", "", _tag_strip),
)
"""From the bytes of a page to text."""

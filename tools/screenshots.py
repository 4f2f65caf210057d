"""Pictures of the pages for the documentation: ``python tools/screenshots.py [FOLDER]``.

A server is started on a temporary ledger that holds the example reports and the demonstration; each page of ``PAGES`` is visited as the
administrator, at a desk's and at a phone's width, and kept in docs/web/images. A page that is missing, says that
something is wrong, scrolls sideways or asks another machine for anything fails the run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from palette import reduced

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "web" / "images"
WIDTHS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LARGEST = 120_000
"""Bytes of a picture at most."""
NAME, PASSWORD = "管理员", "shanhai-2024-x"  # of a ledger that is thrown away


class Shot(NamedTuple):
    """One page.

    Attributes:
        name: the picture's name, with the width after it.
        address: where it is; "" where it is found by following ``link`` from the page before.
        link: the CSS of a link on the page before whose address is taken.
    """

    name: str
    address: str = ""
    link: str = ""


PAGES = (
    Shot("home", "/"),
    Shot("sources", "/sources/"),
    Shot("source", link="main td a[href^='/sources/'], main th a[href^='/sources/']"),
    Shot("reports", "/room/"),
    Shot("room", link="main a[href^='/room/']:not([href='/room/'])"),
    Shot("facts", "/facts/"),
    Shot("fact", link="main a[href^='/facts/-/']"),
    Shot("series", "/facts/series/"),
    Shot("compare", "/facts/compare/"),
    Shot("findings", "/findings/"),
    Shot("finding", link="main td a[href^='/findings/'], main li a[href^='/findings/']"),
    Shot("promises", "/findings/promises/"),
    Shot("upload", "/sources/upload/"),
    Shot("check", "/check/"),
    Shot("find", "/find/?q=%E4%BA%BA%E6%89%8D"),
    Shot("pairings", "/pairings/"),
    Shot("collections", "/pairings/collections/"),
    Shot("accounts", "/accounts/"),
    Shot("new-account", "/accounts/new"),
    Shot("audit", "/audit/"),
    Shot("programs", "/programs/"),
    Shot("register", "/register/demonstration/"),
    Shot("projects", "/register/demonstration/project/"),
    Shot("project", link="main th a[href^='/register/demonstration/project/']"),
    Shot("money", "/register/demonstration/money/"),
    Shot("boards", "/boards/demonstration/"),
    Shot("import", "/register/import/?pairing=demonstration&kind=money"),
    Shot("exchange", "/exchange/demonstration/"),
    Shot("needs", "/needs/"),
    Shot("briefs", "/briefs/"),
)
"""The pages, in the order in which they are visited; ``link`` looks on the page before."""


def main() -> int:
    """Take the pictures; 1 where a page failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=IMAGES)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, _server(Path(place) / "ledger") as home:
        wrong = _taken(home, folder)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


@contextmanager
def _server(ledger: Path) -> Iterator[str]:
    """A server on an empty ledger; its address."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHANHAI_", "DATABASE_URL"))}
    command = "from shanhai.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", command, "serve", "--demo", "--ledger", str(ledger), "--port", "0"],
        env={**kept, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if "Ctrl-C" in line:
            break
    found = re.search(r"http://[\w.:]+", told)
    try:
        if not found:
            raise SystemExit(f"shanhai serve did not start:\n{told}")
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def _taken(home: str, folder: Path) -> list[str]:
    """Take all pictures; what is wrong with the pages."""
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--font-render-hinting=none"]
        )
        context = browser.new_context(locale="zh-CN", color_scheme="light", reduced_motion="reduce")
        page = context.new_page()
        page.on("request", lambda asked: _note(asked.url, home, wrong))
        page.set_viewport_size(WIDTHS["desk"])  # type: ignore[arg-type]
        _first_run(page, home, folder, wrong)
        for shot in PAGES:
            address = home + shot.address if shot.address else _followed(page, shot, home, wrong)
            if address:
                _keep(page, shot.name, page.goto(address), folder, wrong)
        browser.close()
    return wrong


def _first_run(page: "Page", home: str, folder: Path, wrong: list[str]) -> None:
    _keep(page, "first-run", page.goto(f"{home}/"), folder, wrong)
    page.fill("[name=name]", NAME)
    page.fill("[name=new_password1]", PASSWORD)
    page.fill("[name=new_password2]", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url("**/begin")
    _keep(page, "begin", None, folder, wrong)
    page.set_default_timeout(180_000)
    page.click("[name=with][value=examples]")
    page.wait_for_url(f"{home}/")
    page.set_default_timeout(30_000)


def _followed(page: "Page", shot: Shot, home: str, wrong: list[str]) -> str:
    link = page.locator(shot.link).first
    if not link.count():
        wrong.append(f"{shot.name}: no {shot.link} on {page.url.removeprefix(home)}")
        return ""
    return home + str(link.get_attribute("href"))


def _keep(page: "Page", name: str, answer: "Response | None", folder: Path, wrong: list[str]) -> None:
    """Keep pictures of the page that is open, or say why not."""
    if answer is not None and answer.status != 200:
        wrong.append(f"{name}: {answer.url} answers {answer.status}")
        return
    blank = page.context.new_page()
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.wait_for_function("!document.querySelector('.drawing:not([data-drawn=done])')")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name}: scrolls sideways at {size['width']}")
        file = folder / f"{name}-{width}.png"
        file.write_bytes(reduced(page.screenshot(animations="disabled"), blank))
        if file.stat().st_size > LARGEST:
            wrong.append(f"{name}: {file.name} has {file.stat().st_size:,} bytes, more than {LARGEST:,}")
    blank.close()
    page.set_viewport_size(WIDTHS["desk"])  # type: ignore[arg-type]


def _note(url: str, home: str, wrong: list[str]) -> None:
    if not url.startswith((f"{home}/", "data:", "blob:", "about:")):
        wrong.append(f"asked of another machine: {url}")


if __name__ == "__main__":
    sys.exit(main())

"""Names and texts that hold scripts: on every page they are text, and in every table that is taken away."""

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.test import Client

from shanhai.ledger.models import Collection, Finding, FindingWork, Pairing, Report, Role, Source

from ..findings.made import take
from .forms import walked

IMAGE, CLOSING = '"><img src=x onerror=alert(1)>', "</script><script>alert(1)</script>"
TEXT = (
    f"{IMAGE}工作队2023年总结\n发布时间：2024年1月5日  来源：{CLOSING}\n"
    f"2023年，青山县{IMAGE}引进企业12家，{{{{ 7*7 }}}}javascript:alert(1)带动就业300人{CLOSING}。\n"
)
FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1+1", " =1", "\u200b=1")


class _Page(HTMLParser):
    """What a browser would run or follow that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = re.sub(r"[\0-\x20]", "", value or "").lower()
            if name.startswith("on") or (
                name in ("href", "src", "action", "formaction", "hx-get")
                and said.startswith(("javascript:", "data:text", "vbscript:", "//"))
            ):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag == "script" and not dict(attrs).get("src") and dict(attrs).get("type") != "application/json":
            self.wrong.append("<script>")
        if tag in ("iframe", "object", "embed", "base", "meta") and "http-equiv" in dict(attrs):
            self.wrong.append(f"<{tag}>")


def spoil(user: User) -> Client:
    """Put them into everything that has a name; the client of someone who sees all of it."""
    take(TEXT, f"{IMAGE}.txt", Pairing.objects.get(key="one"))
    Pairing.objects.update(name_zh=IMAGE, name_en=CLOSING, sending=IMAGE, receiving=CLOSING)
    Collection.objects.update(name=CLOSING)
    Source.objects.update(fault=IMAGE)
    Report.objects.update(publisher=IMAGE)
    Finding.objects.update(message_zh=IMAGE, message_en=CLOSING, settles_zh=CLOSING)
    FindingWork.objects.update(because=CLOSING)
    User.objects.update(username=IMAGE)
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    return client


def test_no_page_runs_or_follows_them(ledger: None, account: Callable[..., User]) -> None:
    client = spoil(account(Role.ADMINISTRATOR))
    sha256 = Source.objects.get(name__contains="img").sha256
    found: dict[str, list[str]] = {}
    told = 0
    begin = ["/", f"/room/{sha256}/", f"/room/{sha256}/received/", "/find/?q=img", "/audit/"]
    for path, _, body in walked(client, begin, 40):
        page = _Page()
        page.feed(body)
        told += "alert(1)" in body
        if page.wrong or IMAGE in body or CLOSING in body:
            found[path] = page.wrong or ["as it was written"]

    assert found == {}
    assert told > 5, "the walk shows them"


def test_no_table_holds_a_formula(ledger: None, account: Callable[..., User]) -> None:
    user = account(Role.ADMINISTRATOR)
    client = Client()
    client.force_login(user)
    for told in FORMULAS:
        Pairing.objects.filter(key="one").update(name_zh=told, name_en=told)

        answer = client.get("/facts/list.csv")
        rows = csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline=""))

        cells = {cell for row in rows for cell in row}
        assert f"'{told}" in cells
        assert told not in cells

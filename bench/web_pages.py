"""Every page of the web application, each as a browser asks it, for a reviewer of all and for one of a single pairing.

Django's test client asks in this process, so that what is measured is the page alone: its queries, its template, its
middleware, and no network.
"""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from bench.many_statements import EVERYWHERE, OFFSET, PHRASE, RARE

Ask = Callable[[], object]
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
_CARD = re.compile(r'hx-post="/room/[0-9a-f]{64}/([0-9a-f]{32})/accept/"')


def measured(times: int) -> dict[str, Any]:
    """Milliseconds of processor time of each page: median, 95th percentile, best; each asked once before."""
    told = {}
    for kind, rows in pages().items():
        for name, asked in rows.items():
            next(asked)()
            taken = sorted(_milliseconds(next(asked)) for _ in range(times))
            told[f"{name}, {kind}"] = (taken[times // 2], taken[int(0.95 * (times - 1) + 0.5)], taken[0])
    return {"pages": told, "plain": told["draft checker, a reviewer of all"][0]}


def _milliseconds(ask: Ask) -> float:
    begun = time.process_time()
    ask()
    return (time.process_time() - begun) * 1000


def pages() -> dict[str, dict[str, Iterator[Ask]]]:
    """For each kind of account, by name an endless row of askings; Django is set up and the ledger full."""
    from django.conf import settings

    from shanhai.ledger.models import Pairing, Role

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SHANHAI_API_RATE = 10**9
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    whole = list(Pairing.objects.all())
    first = whole[:1]
    return {
        "a reviewer of all": _of(_Account("bench-all", [(Role.REVIEWER, None)]), whole)
        | _of_office(_Account("bench-office", [(Role.ADMINISTRATOR, None)])),
        "a reviewer of one pairing": _of(_Account("bench-one", [(Role.REVIEWER, first[0])]), first),
    }


class _Account:
    """An account with its roles, signed in, and a token of its own."""

    def __init__(self, name: str, roles: list[tuple[Any, Any]]) -> None:
        from django.contrib.auth.models import User
        from django.test import Client

        from shanhai.ledger.actions.tokens import make
        from shanhai.ledger.actors import Actor
        from shanhai.ledger.models import Membership

        user = User.objects.create_user(name)
        for role, pairing in roles:
            Membership.objects.create(user=user, role=role, pairing=pairing)
        self.browser = Client()
        self.browser.force_login(user)
        self._secret = make(user, "bench", actor=Actor.of(user)).secret

    def page(self, path: str, **asked: Any) -> Ask:
        """Asks for a page and holds that it is one."""
        address = f"{path}?{urlencode(asked)}" if asked else path
        return lambda: _answered(self.browser.get(address), address)

    def api(self, path: str, **asked: Any) -> Ask:
        """Asks the API."""
        address = f"/api/v1/{path}?{urlencode(asked)}"
        told = {"authorization": f"Bearer {self._secret}"}
        return lambda: _answered(self.browser.get(address, headers=told), address)

    def decisions(self, reports: list[str]) -> Iterator[Ask]:
        """By turns accepts a figure that waits and takes that back, as the reading room does."""
        for sha256 in cycle(reports):
            room = f"/room/{sha256}/"
            shown = _answered(self.browser.get(room), room)
            key, seen = _CARD.search(shown), _SEEN.search(shown)
            if key is None or seen is None:
                raise ValueError(f"no figure to accept in {room}")
            yield partial(self._send, f"{room}{key[1]}/accept/", seen=seen[1])
            yield partial(self._send, f"{room}undo/")

    def _send(self, path: str, **posted: str) -> str:
        return _answered(self.browser.post(path, posted, headers={"hx-request": "true"}), path)


def _answered(response: Any, address: str) -> str:
    if response.status_code != 200:
        raise ValueError(f"{address} answered {response.status_code}")
    return b"".join(response).decode() if response.streaming else response.content.decode()


def _of(account: _Account, pairings: list[Any]) -> dict[str, Iterator[Ask]]:
    """What everyone with a role opens."""
    numbers = [(p.pk - 1) * OFFSET for p in pairings]
    waiting = _reports(numbers, waiting__gt=0)
    found = (
        _of_sources(account, pairings, _reports(numbers, by="pk"))
        | _of_room(account, _reports(numbers, by="pk"), _reports(numbers[:20], by="-source__size"), waiting)
        | _of_findings(account, pairings)
        | _of_search(account)
        | _of_api(account, pairings)
        | _of_facts(account, pairings)
    )
    told = {name: cycle(asked) for name, asked in found.items() if asked}
    return told | {
        "a figure accepted, then taken back": account.decisions(waiting),
        "home after a decision": _home_after(account, account.decisions(waiting)),
    }


def _reports(numbers: list[int], by: str = "", **wanted: Any) -> list[str]:
    """The sha256 of one report of each pairing, the first by a column."""
    from shanhai.ledger.models import Report

    rows = Report.objects.select_related("source").defer("content").filter(**wanted)
    rows = rows.order_by(by) if by else rows
    found = (rows.filter(pk__gt=n, pk__lt=n + OFFSET).first() for n in numbers)
    return [r.source.sha256 for r in found if r]


def _of_sources(account: _Account, pairings: list[Any], reports: list[str]) -> dict[str, list[Ask]]:
    page = account.page
    return {
        "home": [page("/")],
        "sources": [page("/sources/")],
        "sources that wait": [page("/sources/", state="waiting", order="-waiting")],
        "sources of a pairing": [page("/sources/", pairing=p.key) for p in pairings],
        "sources by words": [page("/sources/", words=w) for w in (RARE, "2019-06", "无此词")],
        "sources, page 40": [page("/sources/", page=40)],
        "a source": [page(f"/sources/{s}/") for s in reports],
    }


def _of_room(
    account: _Account, reports: list[str], large: list[str], waiting: list[str]
) -> dict[str, list[Ask]]:
    page = account.page
    return {
        "what waits for review": [page("/room/")],
        "a report in the reading room": [page(f"/room/{s}/") for s in reports],
        "the largest report in the reading room": [page(f"/room/{s}/") for s in large],
        "history of a report": [page(f"/room/{s}/history/") for s in waiting],
    }


def _of_findings(account: _Account, pairings: list[Any]) -> dict[str, list[Ask]]:
    from shanhai.ledger.models import Finding

    page = account.page
    keys = [f.key for p in pairings if (f := Finding.objects.filter(pairing=p).first())]
    return {
        "findings": [page("/findings/")],
        "findings, errors": [page("/findings/", severity="error")],
        "findings of a kind, settled": [page("/findings/", code="contradicted", work="settled")],
        "findings by words": [page("/findings/", q=w) for w in (RARE, EVERYWHERE, "无此词")],
        "a finding": [page(f"/findings/{k}/") for k in keys],
        "promises": [page("/findings/promises/")],
        "promises by words": [page("/findings/promises/", q=w) for w in (EVERYWHERE, "无此词")],
        "draft checker": [page("/check/")],
    }


def _of_search(account: _Account) -> dict[str, list[Ask]]:
    page = account.page
    return {
        "search, two characters, rare": [page("/find/", q=RARE)],
        "search, two characters, in all": [page("/find/", q=EVERYWHERE[:2])],
        "search, a phrase": [page("/find/", q=PHRASE)],
        "search, several words": [page("/find/", q=f"{EVERYWHERE} {RARE} 医疗")],
        "search, in figures": [page("/find/", q=EVERYWHERE, kind="figures")],
        "search, in titles": [page("/find/", q=w, kind="reports") for w in (EVERYWHERE, "无此词")],
    }


def _of_api(account: _Account, pairings: list[Any]) -> dict[str, list[Ask]]:
    api = account.api
    lists = ("sources", "reports", "statements", "facts", "findings", "promises", "pairings", "collections")
    return {
        "programs": [account.page("/programs/")],
        **{f"API, {name}": [api(name)] for name in lists},
        "API, search": [api("search", q=w) for w in (RARE, EVERYWHERE)],
        "API, facts of a pairing": [api("facts", pairing=p.key) for p in pairings],
    }


def _of_facts(account: _Account, pairings: list[Any]) -> dict[str, list[Ask]]:
    """The lists of facts, one fact, series and comparison."""
    from shanhai.ledger.models import Fact

    some = [
        (p.key, f) for p in pairings if (f := Fact.objects.filter(pairing=p).exclude(place_code="").last())
    ]
    five = [
        [f.place_code for _, f in (some * 5)[n : n + 5]] if len(some) > 5 else [f.place_code]
        for n, (_, f) in enumerate(some)
    ]
    page = account.page
    grades = "ABCDE"
    return {
        "facts": [page("/facts/")],
        "facts of a pairing": [page("/facts/", pairing=p.key) for p in pairings],
        "facts of an area": [page("/facts/", area=f.area) for _, f in some if f.area],
        "facts of an indicator and a year": [
            page("/facts/", indicator=f.indicator, since=2021, until=2021) for _, f in some
        ],
        "facts of a place": [page("/facts/", place=f.place_code) for _, f in some],
        "facts that clash": [page("/facts/", clash=1)],
        "facts of a grade": [page("/facts/", grade=g) for g in grades],
        **{
            f"facts, order {order}": [page("/facts/", order=order)]
            for order in ("year", "-year", "value", "-value", "grade", "-grade", "sources", "-sources")
        },
        "a fact": [page(f"/facts/{key}/{f.key}/") for key, f in some],
        "a series": [page("/facts/series/", indicator=f.indicator, place=f.place_code) for _, f in some],
        "a series of a pairing": [
            page("/facts/series/", indicator=f.indicator, pairing=key) for key, f in some
        ],
        "five compared": [
            page(f"/facts/compare/?{urlencode({'indicator': f.indicator, 'place': places}, doseq=True)}")
            for (_, f), places in zip(some, five, strict=True)
        ],
    }


def _of_office(account: _Account) -> dict[str, Iterator[Ask]]:
    """What offices and administrators open."""
    page = account.page
    return {
        "pairings": cycle([page("/pairings/")]),
        "collections": cycle([page("/pairings/collections/")]),
        "accounts": cycle([page("/accounts/")]),
        "audit": cycle([page("/audit/")]),
        "API, audit": cycle([account.api("audit")]),
    }


def _home_after(account: _Account, decisions: Iterator[Ask]) -> Iterator[Ask]:
    """The first page after each decision."""
    for decide in decisions:
        decide()
        yield account.page("/")

"""The areas of the web application, one a line, in the order of the navigation. Settings and URLs are made from this list."""

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(msgspec.Struct, frozen=True):
    """An entry of the navigation.

    Attributes:
        label: what it says.
        view: the name of the URL it leads to.
        right: who has this right (``ledger.rights``), for any pairing, sees the entry; everyone where it is "".
            A word, since settings are read before the ledger's tables can be.
        key: the letter that leads there after ``g``.
        menu: it stands in the menu of the account instead of the main navigation, since it is rarely needed.
    """

    label: "str | Promise"
    view: str
    right: str = "read"
    key: str = ""
    menu: bool = False


class Area(msgspec.Struct, frozen=True):
    """One area of pages: the app ``shanhai.web.NAME``, its URLs under ``prefix``, its entries of the navigation.

    Attributes:
        name: the package's and its URLs' name (``app_name``).
        prefix: where its URLs begin, such as ``sources/``.
        entries: its entries of the navigation.
        speaks_http: it answers programs: refusals and missing sign-in are its own business, no pages.
    """

    name: str
    prefix: str
    entries: tuple[Entry, ...] = ()
    speaks_http: bool = False


AREAS: tuple[Area, ...] = (
    Area("frame", "frame/"),
    Area("api", "api/v1/", speaks_http=True),
    Area("home", "", (Entry(_("首页"), "home:index", "", "h"),)),
    Area("imports", "register/import/", (Entry(_("导入表格"), "imports:index", "record", menu=True),)),
    Area(
        "register",
        "register/",
        (
            Entry(_("台账"), "register:index", "read", "t"),
            Entry(_("待批计划"), "register:waiting", "approve", menu=True),
        ),
    ),
    Area("sources", "sources/", (Entry(_("来源"), "sources:index", "read", "s"),)),
    Area("room", "room/", (Entry(_("审核"), "room:index", "read", "r"),)),
    Area("facts", "facts/", (Entry(_("事实"), "facts:index", "read", "f"),)),
    Area("boards", "boards/", (Entry(_("看板"), "boards:index", "read", "b"),)),
    Area("findings", "findings/", (Entry(_("问题"), "findings:index", "read", "i"),)),
    Area("exchange", "exchange/", (Entry(_("对账与交接"), "exchange:index", "read", "x"),)),
    Area("check", "check/", (Entry(_("核对初稿"), "check:index", "send", "c"),)),
    Area("briefs", "briefs/", (Entry(_("简报"), "briefs:index", "report", "j"),)),
    Area("needs", "needs/", (Entry(_("供需"), "needs:index", "read", "n"),)),
    Area("find", "find/"),
    Area("pairings", "pairings/", (Entry(_("结对与专题"), "pairings:index", "file", menu=True),)),
    Area("accounts", "accounts/", (Entry(_("账号管理"), "accounts:index", "accounts", menu=True),)),
    Area("audit", "audit/", (Entry(_("审计记录"), "audit:index", "whole", menu=True),)),
    Area("programs", "programs/", (Entry(_("程序接口"), "programs:index", "read", menu=True),)),
)
"""Adding an area is one line here and one package."""

SEARCH = "find:index"
"""The URL's name to which the search box sends ``q``; the box is shown when an area of that name is there."""


def apps() -> list[str]:
    """The Django apps of the areas."""
    return [f"shanhai.web.{area.name}" for area in AREAS]


def area_of(path: str) -> Area | None:
    """The area with the longest prefix that a path below the root begins with."""
    return max((a for a in AREAS if path.startswith(a.prefix)), key=lambda a: len(a.prefix), default=None)

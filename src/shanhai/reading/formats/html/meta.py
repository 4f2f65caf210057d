"""What a page says about itself in its head: title, publisher, author, date."""

import re
from datetime import date

import msgspec
from selectolax.lexbor import LexborHTMLParser

TITLE = ("articletitle", "og:title", "twitter:title", "dc.title")
PUBLISHER = (
    *("contentsource", "og:article:publisher", "article:publisher", "source", "mediaid", "publisher"),
    *("dc.publisher", "og:site_name", "sitename"),
)
AUTHOR = ("author", "article:author", "og:article:author", "dc.creator", "byl")
PUBLISHED = (
    *("pubdate", "article:published_time", "og:release_date", "publishdate", "published", "datepublished"),
    *("og:article:published_time", "apub:time", "pubtime", "publish_time", "dc.date", "date"),
)
"""Names of ``<meta>`` elements, the most trustworthy first: what the guide for government web sites asks of every page
(政府网站发展指引, 国办发〔2017〕47号: ArticleTitle, ContentSource, Author, PubDate), Open Graph and Dublin Core."""

DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(.*)|(\d{4})(\d{2})(\d{2})(\d*.*)",
    re.DOTALL,
)
ADDRESS = re.compile(r"https?://|^www\.")


class Statement(msgspec.Struct, frozen=True):
    """The page's own statement; "" where it makes none. ``published`` begins with an ISO date."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""


def stated(page: LexborHTMLParser) -> Statement:
    """Read ``<title>``, ``<meta>`` and, for want of a date there, the first ``<time datetime>``."""
    metas: dict[str, str] = {}
    for element in page.tags("meta"):
        attributes = element.attributes
        content = attributes.get("content")
        if content:
            key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            metas.setdefault(key.lower(), content)
    titles = [element for element in page.tags("title") if element.parent and element.parent.tag == "head"]
    return Statement(
        title=_first(metas, TITLE) or (_plain(titles[0].text()) if titles else ""),
        publisher=_first(metas, PUBLISHER),
        author=_first(metas, AUTHOR),
        published=next(filter(None, (_iso(metas[k]) for k in PUBLISHED if k in metas)), "") or _time(page),
    )


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    found = (_plain(metas[name]) for name in names if name in metas)
    return next((value for value in found if value and not ADDRESS.search(value)), "")


def _plain(value: str) -> str:
    return " ".join(value.split())


def _time(page: LexborHTMLParser) -> str:
    found = (_iso(element.attributes.get("datetime") or "") for element in page.tags("time")[:5])
    return next(filter(None, found), "")


def _iso(value: str) -> str:
    """``value`` with its date in ISO form, the time of day as it stands; "" where it holds no real date."""
    found = DATE.search(value)
    if not found:
        return ""
    year, month, day, rest = found.groups()[:4] if found[1] else found.groups()[4:]
    try:
        return date(int(year), int(month), int(day)).isoformat() + rest.rstrip()
    except ValueError:
        return ""

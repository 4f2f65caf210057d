"""What is asked of a request before anything in it is read: an address of bounded length, text in UTF-8, no NUL in a cookie."""

import codecs

from django.http import HttpRequest

from shanhai.ledger.errors import NotPossible

MOST_ADDRESS = 8_000
"""Characters of an address with its query, as sent: what is longer no form of ours asks for, and every page would repeat it."""


def require_readable(request: HttpRequest) -> None:
    """Refuse what cannot be read, or would cost too much; afterwards the request can be shown a page in any case.

    Raises:
        NotPossible: the address is too long, the text is said to be in another encoding than UTF-8, or a cookie holds NUL.
    """
    query = str(request.META.get("QUERY_STRING", ""))
    if len(query) + len(request.path) > MOST_ADDRESS:
        request.META["QUERY_STRING"] = ""
        raise NotPossible(
            "网址太长，无法处理。请缩短检索词，或减少筛选条件和勾选的项目。",
            "The address is too long. Shorten the words that are looked for, or use fewer filters and ticks.",
        )
    told = (request.content_params or {}).get("charset", "")
    if told and not _is_utf8(told):
        request.encoding = "utf-8"
        raise NotPossible(
            f"内容须用UTF-8编码提交，不能用“{told[:30]}”。请改用UTF-8后重新提交。",
            f"What is sent must be in UTF-8, not in “{told[:30]}”. Send it again in UTF-8.",
        )
    if name := next((name for name, value in request.COOKIES.items() if "\0" in value), ""):
        raise NotPossible(
            f"Cookie“{name[:30]}”里有空字符（NUL）。请在浏览器中清除本站的Cookie，再重新登录。",
            f"The cookie “{name[:30]}” holds the character NUL. Clear this site's cookies in the browser, then sign in.",
        )


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False

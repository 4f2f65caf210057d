"""What goes wrong, as a page in the reader's language; as a notice where htmx asks."""

import errno
import logging
import sys
from collections.abc import Iterator

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.ledger import errors

STATUS: tuple[tuple[type[errors.LedgerError], int], ...] = (
    (errors.NotThere, 404),
    (errors.NotAllowed, 403),
    (errors.Conflict, 409),
    (errors.NotPossible, 422),
    (errors.LedgerUnusable, 503),
    (errors.LedgerDamaged, 500),
)
"""The status of each refusal of the ledger."""

_log = logging.getLogger("shanhai.web")


def refuse(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """The page of a refusal; None where the error is a fault of our own."""
    refusal = refusal_of(error)
    if refusal is None:
        return None
    if isinstance(refusal, errors.LedgerUnusable | errors.LedgerDamaged):
        _log.error("%s", refusal, exc_info=error)
    status = next((s for kind, s in STATUS if isinstance(refusal, kind)), 400)
    return page(request, status, told(refusal))


def refusal_of(error: BaseException) -> errors.LedgerError | None:
    """What an error says to a person: itself, or what is wrong with the database or its disk; None for other faults."""
    if isinstance(error, errors.LedgerError):
        return error
    causes = list(_causes(error))
    if any(isinstance(e, OSError) and e.errno in (errno.ENOSPC, errno.EDQUOT) for e in causes):
        return _FULL
    if not isinstance(error, DatabaseError):
        return None
    text = " ".join(f"{type(e).__name__} {e}" for e in causes).lower()
    return next((refusal for words, refusal in _SIGNS if any(word in text for word in words)), None)


def told(error: errors.LedgerError) -> str:
    """What a refusal says, in the reader's language."""
    return error.zh if (get_language() or "zh").startswith("zh") else error.en


def page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """A page that tells what is wrong; it asks nothing of the database."""
    fragment = bool(getattr(request, "htmx", False)) and not getattr(request.htmx, "boosted", False)  # type: ignore[attr-defined]
    template = "frame/parts/notice.html" if fragment else "frame/refusal.html"
    context = {"status": status, "heading": _heading(status), "message": message, "level": "error"}
    response = render(request, template, context, status=status)
    if fragment:
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "beforeend"
        response["HX-Push-Url"] = "false"
    return response


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the server cannot take: 400, 413 where it is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return page(request, 413, _("一次提交的内容太多。请分几次提交，或改为上传文件。"))
    return page(request, 400, _("请求不完整或有误。请返回上一页，重新填写。"))


def nameless_character(request: HttpRequest) -> HttpResponse:
    """A field holds a character that no text has (NUL)."""
    return page(
        request, 400, _("填写的内容里有看不见的空字符（NUL），不能保存。请返回上一页，删去后重新填写。")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What no one here may do."""
    return page(request, 403, _("您的账号无权进行此操作。请联系管理员。"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one that is too old."""
    return page(request, 403, _("表单已过期，或不是从本站页面提交的。请刷新页面后重试；浏览器须允许Cookie。"))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    return page(request, 404, _("没有这个网页。请检查地址，或从导航重新进入。"))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault: the database's where it is one, else our own, which the log tells of."""
    error = sys.exc_info()[1]
    answer = refuse(request, error) if error else None
    return answer or page(
        request, 500, _("程序出错，已记入日志。已保存的内容没有丢失。请稍后重试，或联系管理员。")
    )


def _heading(status: int) -> str:
    return {
        403: _("无权进行"),
        404: _("找不到"),
        409: _("他人已先处理"),
        413: _("内容太多"),
        422: _("不能这样做"),
        503: _("账本暂不可用"),
        500: _("程序出错"),
    }.get(status, _("请求有误"))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


_FULL = errors.LedgerUnusable(
    "磁盘已满，这一步没有保存；以前保存的内容都在。请管理员腾出空间后重试。",
    "The disk is full: this step was not stored, all that was stored before is there. "
    "Ask the administrator to free space, then try again.",
)
_SIGNS: tuple[tuple[tuple[str, ...], errors.LedgerError], ...] = (
    (("disk is full", "diskfull", "no space left"), _FULL),
    (
        ("disk i/o error", "ioerror"),
        errors.LedgerUnusable(
            "磁盘读写失败（磁盘可能已满或有故障），这一步没有保存；以前保存的内容都在。请管理员检查磁盘后重试。",
            "The disk could not be read or written (it may be full, or faulty): this step was not stored, all that was "
            "stored before is there. Ask the administrator to look at the disk, then try again.",
        ),
    ),
    (
        ("is locked", "locknotavailable", "deadlock", "serializationfailure"),
        errors.LedgerUnusable(
            "账本正忙（另一项写入尚未结束），这一步没有保存。请稍候片刻再试。",
            "The ledger is busy with another write: this step was not stored. Wait a moment, then try again.",
        ),
    ),
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn"),
        errors.LedgerUnusable(
            "账本由另一版本写成，缺少本版本需要的表。请管理员先备份账本，再升级（见部署说明）。",
            "Another version wrote this ledger: tables are missing. "
            "Ask the administrator to back it up and upgrade it (see the notes on deployment).",
        ),
    ),
    (
        ("readonly database", "read-only", "unable to open", "connection", "malformed", "not a database"),
        errors.LedgerUnusable(
            "账本打不开或不可写。请管理员检查账本文件、数据库服务与权限。",
            "The ledger cannot be opened or written. "
            "Ask the administrator to check its file or database server, and the rights on it.",
        ),
    ),
)
"""Words in the messages of SQLite and of psycopg, and what they mean."""

"""What goes wrong, for programs: problem+json (RFC 9457) with a code, in Chinese and English."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, Throttled, ValidationError

from shanhai.ledger.errors import (
    Conflict,
    LedgerError,
    LedgerUnusable,
    NotAllowed,
    NotKnown,
    NotPossible,
    NotThere,
)
from shanhai.web.frame import refusing

MEDIA_TYPE: Final = "application/problem+json"
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_UNREADABLE = (MultiPartParserError, BadRequest, SuspiciousOperation, UnreadablePostError, RecursionError)
_STATUS: Final[dict[type[LedgerError], tuple[int, str]]] = {
    NotKnown: (401, "not_known"),
    NotAllowed: (403, "not_allowed"),
    NotThere: (404, "not_there"),
    Conflict: (409, "conflict"),
    NotPossible: (422, "not_possible"),
    LedgerUnusable: (503, "unusable"),
}

SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail", "detail_en"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "The reason's name, for programs."},
        "detail": {"type": "string", "description": "What is wrong and what to do, in Chinese."},
        "detail_en": {"type": "string", "description": "The same in English."},
        "errors": {
            "type": "array",
            "description": "For invalid_request: what is wrong, place by place.",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
        "by": {"type": "string", "description": "For conflict: who decided."},
        "decision": {"type": "string", "description": "For conflict: what was decided."},
    },
}
"""A problem, as the OpenAPI description has it."""


class Refused(Exception):
    """A request that is refused for what it sends.

    Args:
        status: the status of the answer.
        code: the reason's name.
        zh, en: what is wrong and what to do.
    """

    def __init__(self, status: int, code: str, zh: str, en: str) -> None:
        super().__init__(status, code, zh, en)
        self.status, self.code, self.zh, self.en = status, code, zh, en


def problem(status: int, code: str, zh: str, en: str, **more: Any) -> HttpResponse:
    """The answer that tells of a problem."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": zh,
        "detail_en": en,
        **more,
    }
    headers = {"WWW-Authenticate": 'Bearer realm="shanhai"'} if status == 401 else {}
    return HttpResponse(msgspec.json.encode(told), content_type=MEDIA_TYPE, status=status, headers=headers)


def of_error(error: Exception) -> HttpResponse | None:
    """The answer to an error; None for a fault of ours, which is logged and answered as such."""
    if isinstance(error, LedgerError):
        status, code = _STATUS.get(type(error), (500, "damaged"))
        more: Mapping[str, Any] = {}
        if isinstance(error, Conflict):
            more = {"by": error.by, "decision": error.decision}
        return problem(status, code, error.zh, error.en, **more)
    if isinstance(error, Refused):
        return problem(error.status, error.code, error.zh, error.en)
    if isinstance(error, ValidationError):
        return _invalid(error)
    if isinstance(error, Http404):
        return missing()
    if isinstance(error, Throttled):
        return problem(
            429, "too_many", "请求过于频繁。请稍候再试。", "Too many requests. Wait a while and try again."
        )
    if isinstance(error, _TOO_MUCH):
        return problem(
            413,
            "too_large",
            "一次提交的内容、字段或文件太多。请分几次提交。",
            "Too much, too many fields or too many files at once. Send them in parts.",
        )
    if isinstance(error, _UNREADABLE):
        return problem(
            400,
            "malformed",
            "请求无法解析：内容不完整，或与Content-Type不符。请检查后重新发送。",
            "The request cannot be read: it is not whole, or not what its Content-Type says. Check it and send it again.",
        )
    if isinstance(error, HttpError):
        return problem(
            error.status_code, "malformed", "请求无法解析。", f"The request cannot be read: {error}."
        )
    refusal = refusing.refusal_of(error)  # the database's faults: locked, full, of another version
    return of_error(refusal) if refusal else None


def missing(_: HttpRequest | None = None) -> HttpResponse:
    """The answer where there is nothing."""
    return problem(
        404, "not_there", "没有这一地址。请查阅接口说明。", "There is nothing at this address. See the docs."
    )


def failed() -> HttpResponse:
    """The answer to a fault of ours."""
    return problem(
        500,
        "fault",
        "程序内部错误，已记入日志。请联系管理员。",
        "A fault in the program; it is in the log. Ask an administrator.",
    )


def wrong_method(methods: Iterable[str]) -> HttpResponse:
    """The answer to a method that the address does not have; ``methods`` are those that it has."""
    allowed = ", ".join(sorted(methods))
    answer = problem(405, "wrong_method", f"该地址只接受{allowed}。", f"This address takes {allowed} only.")
    answer.headers["Allow"] = allowed
    return answer


def _invalid(error: ValidationError) -> HttpResponse:
    errors = [
        {"where": ".".join(str(part) for part in fault.get("loc", ())), "what": str(fault.get("msg", ""))}
        for fault in error.errors
    ]
    named = "、".join(sorted({e["where"] for e in errors}))[:300]
    return problem(
        422,
        "invalid_request",
        f"请求不符合接口说明：{named}。",
        f"The request does not fit the description of the API: {named.replace('、', ', ')}.",
        errors=errors,
    )

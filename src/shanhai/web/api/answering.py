"""What holds for every request: it fits the description, its answer is JSON or a problem, known answers are not sent again."""

import functools
import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja import NinjaAPI

from shanhai.web.api import problems
from shanhai.web.readable import require_readable
from shanhai.web.upkeep import require_current_tables

_LOG = logging.getLogger(__name__)
_MB = 1024 * 1024
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
View = Callable[..., HttpResponseBase]
Described = Mapping[str, Mapping[str, Any]]
"""By method: the operation as the OpenAPI description has it."""


def patterns(api: NinjaAPI, description: Mapping[str, Any]) -> list[URLPattern]:
    """The addresses of an API, each kept to its description."""
    found: list[URLPattern] = []
    for pattern in api.urls[0]:
        assert isinstance(pattern, URLPattern)
        path = "/" + _PARAMETER.sub(r"{\1}", str(pattern.pattern))
        view = _kept(pattern.callback, description["paths"].get(path, {}))
        found.append(URLPattern(pattern.pattern, view, pattern.default_args, pattern.name))
    return found


def _kept(view: View, described: Described) -> View:
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            require_readable(request)
            require_current_tables()
            _check(request, described.get((request.method or "").lower(), {}))
            response = view(request, *args, **kwargs)
        except Exception as e:
            told = problems.of_error(e)
            if told is None:
                _LOG.exception("%s %s failed", request.method, request.path)
                told = problems.failed()
            return _headed(told)
        if isinstance(response, HttpResponseNotAllowed):
            return _headed(problems.wrong_method(response.headers["Allow"].split(", ")))
        return _headed(_unless_known(request, response))

    answer.csrf_exempt = True  # type: ignore[attr-defined] # no cookie counts here, so no form can be forged
    answer.login_required = False  # type: ignore[attr-defined]
    return answer


def _headed(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ("Authorization",))
    return response


def _check(request: HttpRequest, operation: Mapping[str, Any]) -> None:
    """Refuse parameters that are not described, or told twice, and bodies of another kind."""
    if not operation:
        return
    described = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
    for name, values in request.GET.lists():
        if name not in described:
            known = "、".join(sorted(described)) or "—"
            raise problems.Refused(
                422,
                "invalid_request",
                f"没有参数“{name[:50]}”。可用的参数：{known}。",
                f"There is no parameter “{name[:50]}”. Such are: {known.replace('、', ', ')}.",
            )
        if len(values) > 1:
            raise problems.Refused(
                422, "invalid_request", f"参数“{name}”只能给一次。", f"Give the parameter “{name}” once."
            )
    is_form = request.content_type == "multipart/form-data"
    most = settings.SHANHAI_UPLOAD_BYTES + _MB if is_form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if length.isdecimal() and int(length[:18]) > most:  # told before anything of it is taken
        raise problems.Refused(
            413,
            "too_large",
            f"请求内容超过{most // _MB} MB。请分几次提交。",
            f"The body has more than {most // _MB} MB. Send it in parts.",
        )
    kinds = operation.get("requestBody", {}).get("content", {})
    if kinds and request.content_type not in kinds:
        wanted = ", ".join(kinds)
        raise problems.Refused(
            415,
            "wrong_media_type",
            f"请求内容应为 {wanted}，不能是“{(request.content_type or '')[:50]}”。",
            f"The body should be {wanted}, not “{(request.content_type or '')[:50]}”.",
        )


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or that nothing has changed since the caller's copy of it."""
    if request.method != "GET" or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    tag = response.headers.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response

"""What is no resource: the OpenAPI description, and addresses that are none."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

import shanhai
from shanhai.web.api import problems
from shanhai.web.api.v1 import description


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description; it tells nothing of the ledger, so that it is open to all."""
    answer = JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
    tag = f'"{shanhai.__version__}"'
    answer.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer


@csrf_exempt
def missing(request: HttpRequest) -> HttpResponse:
    """The answer where there is nothing."""
    return problems.missing()

"""Style and script of a result: those of the page that the checker writes as a file, made to stand within the frame.

Both come from ``publishing``, so that the page and the file are one thing kept in one place.
"""

import hashlib
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from shanhai.publishing.page.document import embedded

_CHECKED = "shanhai.publishing.checked_page"
_HERE = "shanhai.web.check.result"


@cache
def style_text() -> str:
    """The style: all rules nested, so that they touch nothing but the result."""
    shared = embedded(("page.css", "marks.css"))
    own = embedded(("verdicts.css", "checked.css", "notes.css", "below.css"), _CHECKED)
    return f".checked {{\n{shared}{own}}}\n{(files(_HERE) / 'fitting.css').read_text('utf-8')}"


@cache
def script_text() -> str:
    """The script: what the frame offers under the names that the file's script knows, and that script."""
    fitting = (files(_HERE) / "fitting.js").read_text("utf-8")
    keys = static("frame/keys.js")
    return f'import {{ isForThePage as free }} from "{keys}";\n{fitting}{embedded(("checked.js",), _CHECKED)}'


@cache
def version() -> str:
    """Changes with style and script."""
    return hashlib.sha256((style_text() + script_text()).encode()).hexdigest()[:12]


@cache_control(private=True, max_age=300)
def style(request: HttpRequest) -> HttpResponse:
    """The style of a result."""
    return HttpResponse(style_text(), content_type="text/css; charset=utf-8")


@cache_control(private=True, max_age=300)
def script(request: HttpRequest) -> HttpResponse:
    """The script of a result."""
    return HttpResponse(script_text(), content_type="text/javascript; charset=utf-8")

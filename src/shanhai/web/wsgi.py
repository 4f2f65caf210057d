"""The application as a production server takes it: ``gunicorn shanhai.web.wsgi``."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class _Request(WSGIRequest):
    """A request that is UTF-8 whatever it says. ``web.readable`` refuses another encoding in words, where Django would
    break while the request is made: on ``charset=hex``, which Python knows and which is none of text.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class _Handler(WSGIHandler):
    request_class = _Request


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.web.settings")
django.setup(set_prefix=False)
application = _Handler()

if os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn"):  # in a server's process, in no other
    from shanhai.web import warming

    warming.begin()

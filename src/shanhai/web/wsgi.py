"""The application as a production server takes it: ``gunicorn shanhai.web.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.web.settings")
application = get_wsgi_application()

if os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn"):  # in a server's process, in no other
    from shanhai.web import warming

    warming.begin()

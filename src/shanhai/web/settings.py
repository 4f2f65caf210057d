"""Django's settings. What an office sets stands in environment variables (docs/deploy.md); all have safe defaults.

SHANHAI_LEDGER  the ledger's file, for SQLite; ``shanhai.ledger`` in the working folder where it is not set
DATABASE_URL    another database, such as ``postgres://user:password@host/name``; it goes before SHANHAI_LEDGER
SHANHAI_UPLOAD_MB       megabytes that an uploaded file may have
SHANHAI_READER_MB       megabytes of memory that reading one file may take
SHANHAI_READER_SECONDS  seconds that reading one file may take
SHANHAI_READERS         files that are read at the same time, by each web process
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url

LEDGER_FILE = Path(os.environ.get("SHANHAI_LEDGER", "shanhai.ledger")).absolute()


def _database() -> dict[str, Any]:
    """The one database: PostgreSQL where a URL names it, else one SQLite file in WAL mode."""
    if url := os.environ.get("DATABASE_URL"):
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LEDGER_FILE,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at once instead of failing half-way
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "shanhai.ledger",
]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
SECRET_KEY = os.environ.get("SHANHAI_SECRET_KEY", "not served: the ledger alone signs nothing")

UPLOADS = {
    "kinds": ("html", "text", "markdown", "csv", "docx", "pdf", "xlsx"),
    "megabytes": int(os.environ.get("SHANHAI_UPLOAD_MB", "64")),
    "memory_megabytes": int(os.environ.get("SHANHAI_READER_MB", "2048")),
    "seconds": int(os.environ.get("SHANHAI_READER_SECONDS", "60")),
    "processes": int(os.environ.get("SHANHAI_READERS", "2")),
}
"""What an uploaded file may be, and what reading it may cost (``web.apart``)."""

"""Django's settings. What an office sets stands in environment variables (docs/deploy.md); all have safe defaults.

SHANHAI_LEDGER         the ledger's file, for SQLite; ``shanhai.ledger`` in the working folder where it is not set
DATABASE_URL           another database, such as ``postgres://user:password@host/name``; it goes before SHANHAI_LEDGER
SHANHAI_SECRET_KEY     what signs sessions; a file beside the ledger, made at first use, where it is not set
SHANHAI_ALLOWED_HOSTS  the names under which the application is reached, with commas between; loopback where not set
SHANHAI_HTTPS          1 where a proxy speaks TLS before the application: cookies and forms then need it
SHANHAI_PUBLIC         1 where anyone may read and export without an account
SHANHAI_SETUP_CODE     asked for when the first administrator is made from another machine; ``shanhai serve`` makes one up
SHANHAI_UPLOAD_MB      the largest file that is taken, in megabytes; 50 where it is not set
SHANHAI_READER_MB      memory that reading one file may take, in megabytes; 2048 where it is not set
SHANHAI_READER_SECONDS processor time that reading one file may take; 60 where it is not set
SHANHAI_READERS        files that each web process reads at the same time; 2 where it is not set
SHANHAI_CHECK_SECONDS  processor time that checking one draft may take; 120 where it is not set
SHANHAI_API_RATE       requests a minute that one account may send by tokens; 600 where it is not set
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.functional import lazy

from shanhai.web import areas
from shanhai.web.secret import secret_of

LEDGER_FILE = Path(os.environ.get("SHANHAI_LEDGER", "shanhai.ledger")).absolute()


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


LOCK_SECONDS = 20
"""So long a writer waits for another, then is told that the ledger is busy."""


def sqlite(file: Path) -> dict[str, Any]:
    """A ledger in one SQLite file, in WAL mode."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at once instead of failing half-way
            "timeout": LOCK_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;",
        },
    }


def _database() -> dict[str, Any]:
    """The one database: PostgreSQL where a URL names it, else one SQLite file."""
    if url := os.environ.get("DATABASE_URL"):
        return _patient({**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)})
    return sqlite(LEDGER_FILE)


def _patient(database: dict[str, Any]) -> dict[str, Any]:
    """With the wait for locks bounded: PostgreSQL by itself waits for ever. What the URL's ``options`` say goes before it."""
    if not str(database["ENGINE"]).endswith("postgresql"):
        return database
    options = dict(database.get("OPTIONS") or {})
    options["options"] = f"-c lock_timeout={LOCK_SECONDS}s {options.get('options', '')}".strip()
    return {**database, "OPTIONS": options}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "shanhai.ledger",
    "shanhai.programme",
    *areas.apps(),
]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Who may reach it, and over what.
DEBUG = False
SHANHAI_PUBLIC = _is_on("SHANHAI_PUBLIC")
SHANHAI_SETUP_CODE = os.environ.get("SHANHAI_SETUP_CODE", "")
SECRET_KEY = lazy(secret_of, str)(LEDGER_FILE)
_HTTPS = _is_on("SHANHAI_HTTPS")
_HOSTS = [host.strip() for host in os.environ.get("SHANHAI_ALLOWED_HOSTS", "").split(",") if host.strip()]
ALLOWED_HOSTS = _HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOSTS]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "shanhai_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "shanhai.web.frame.refusing.forged"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:index"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# What may be sent.
SHANHAI_UPLOAD_BYTES = int(os.environ.get("SHANHAI_UPLOAD_MB", "50")) * 1024 * 1024
UPLOADS = {  # what an uploaded file may be, and what reading it may cost (``web.apart``)
    "kinds": ("html", "text", "markdown", "csv", "docx", "pdf", "xlsx"),
    "megabytes": SHANHAI_UPLOAD_BYTES // 1024 // 1024,
    "memory_megabytes": int(os.environ.get("SHANHAI_READER_MB", "2048")),
    "seconds": int(os.environ.get("SHANHAI_READER_SECONDS", "60")),
    "processes": int(os.environ.get("SHANHAI_READERS", "2")),
}
SHANHAI_CHECK_SECONDS = int(os.environ.get("SHANHAI_CHECK_SECONDS", "120"))
SHANHAI_DRAFTS = LEDGER_FILE.with_name(
    f"{LEDGER_FILE.name}.drafts"
)  # what was checked, for a day; not the ledger
SHANHAI_IMPORTS = LEDGER_FILE.with_name(
    f"{LEDGER_FILE.name}.imports"
)  # sheets between preview and confirmation, for a day; not the ledger
SHANHAI_API_RATE = int(os.environ.get("SHANHAI_API_RATE", "600"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "shanhai.web.limited.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# How a request is answered.
ROOT_URLCONF = "shanhai.web.urls"
WSGI_APPLICATION = "shanhai.web.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shanhai.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shanhai.web.middleware.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "shanhai.web.frame.context.frame",
            ],
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the files lie in the package; nothing has to be collected before it serves
WHITENOISE_MAX_AGE = 300
WHITENOISE_ALLOW_ALL_ORIGINS = False

# In which language: Chinese is what stands in the code, English in each area's locale/.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "shanhai_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": True},
        "django.security.DisallowedHost": {
            "handlers": [],
            "propagate": False,
        },  # whoever scans the net fills no log
    },
}

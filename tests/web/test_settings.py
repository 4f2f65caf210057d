"""Headers, cookies and the secret: safe by default, and by what an office sets."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from shanhai.ledger.models import Role
from shanhai.web.secret import secret_of

WEB = Path(__file__).resolve().parents[2] / "src" / "shanhai" / "web"


def set_as(tmp_path: Path, expression: str, **environment: str) -> str:
    """What an expression over the settings gives where the environment is such."""
    script = f"from shanhai.web import settings as s; print(({expression}))"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SHANHAI_")}
    told = {**clean, "SHANHAI_LEDGER": str(tmp_path / "l.db"), **environment}
    return subprocess.run(
        [sys.executable, "-c", script], env=told, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.django_db
def test_every_page_has_the_headers(client: Client, account: object) -> None:
    account(Role.READER)  # type: ignore[operator]
    answer = client.get("/accounts/sign-in")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cache-Control"].startswith(("private", "max-age=0"))


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts(client: Client, account: object) -> None:
    account(Role.READER)  # type: ignore[operator]

    client.post("/accounts/sign-in", {"username": "reader", "password": "shan-hai-2024"})

    session = client.cookies["shanhai_session"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


def test_no_template_holds_a_script_or_a_style() -> None:
    forbidden = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\b(src|application/json))", re.I
    )
    found = [
        f"{file.relative_to(WEB)}: {hit[0]}"
        for file in sorted(WEB.glob("*/templates/**/*.html"))
        for hit in forbidden.finditer(file.read_text("utf-8"))
    ]

    assert found == []


def test_the_secret_is_made_once_and_kept_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHANHAI_SECRET_KEY", raising=False)
    ledger = tmp_path / "l.db"

    first, second = secret_of(ledger), secret_of(ledger)

    assert first == second
    assert len(first) > 50
    assert (tmp_path / "l.db.key").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.db.key"]


def test_reading_the_settings_makes_no_file(tmp_path: Path) -> None:
    assert set_as(tmp_path, "s.DEBUG") == "False"
    assert list(tmp_path.iterdir()) == []


def test_an_office_behind_tls(tmp_path: Path) -> None:
    told = set_as(
        tmp_path,
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS",
        SHANHAI_HTTPS="1",
        SHANHAI_ALLOWED_HOSTS="ledger.example, old.example",
    )

    assert told == (
        "(True, True, True, ['ledger.example', 'old.example'], "
        "['https://ledger.example', 'https://old.example'])"
    )


def test_only_loopback_by_default(tmp_path: Path) -> None:
    assert (
        set_as(tmp_path, "s.ALLOWED_HOSTS, s.SHANHAI_PUBLIC")
        == "(['127.0.0.1', 'localhost', '[::1]'], False)"
    )


def test_no_writer_waits_for_ever(tmp_path: Path) -> None:
    """What the URL says of it goes before ours; PostgreSQL takes the last."""
    options = "s.DATABASES['default']['OPTIONS']['options']"
    url = "postgres://user:password@localhost/none"

    assert set_as(tmp_path, options, DATABASE_URL=url) == "-c lock_timeout=20s"
    own = set_as(tmp_path, options, DATABASE_URL=f"{url}?options=-c%20lock_timeout=60s")
    assert own == "-c lock_timeout=20s -c lock_timeout=60s"

"""The secret that signs sessions and forms: from the environment, else from a file beside the ledger, made at first use."""

import os
import secrets
from pathlib import Path

from shanhai.ledger.beside import made_once


def secret_of(ledger: Path) -> str:
    """The secret of a ledger's web application.

    Raises:
        OSError: the file beside the ledger can be neither read nor written.
    """
    if told := os.environ.get("SHANHAI_SECRET_KEY"):
        return told
    return made_once(ledger.with_name(f"{ledger.name}.key"), lambda: secrets.token_urlsafe(64))

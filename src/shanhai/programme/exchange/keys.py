"""The ledger's own signing key, and the short fingerprints by which people know keys.

The private key lies in a file beside the ledger, made at first use; it is in no table, no archive and no export.
"""

import hashlib
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shanhai.ledger.beside import made_once

_DIGITS, _GROUP = 24, 4
_PURPOSE = b"shanhai-exchange\n"
"""Stands before what is signed, so that a signature serves for nothing else."""


class SigningKey:
    """A private key of Ed25519 (RFC 8032)."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    @classmethod
    def beside(cls, ledger: Path) -> "SigningKey":
        """The key of a ledger, from the file beside it, made at first use.

        Raises:
            OSError: the file can be neither read nor written.
            ValueError: what stands in it is no key.
        """
        made = made_once(ledger.with_name(f"{ledger.name}.signing"), lambda: _new().hex())
        return cls(bytes.fromhex(made))

    @property
    def public(self) -> str:
        """The public key, in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> str:
        """The signature of some bytes, in hexadecimal."""
        return self._key.sign(_PURPOSE + data).hex()


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def is_signed(data: bytes, signature: str, public: str) -> bool:
    """Whether a signature is that of some bytes by the owner of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), _PURPOSE + data
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """24 digits in groups of four, to be read aloud: what a person compares instead of a key."""
    number = int.from_bytes(hashlib.sha256(bytes.fromhex(public)).digest(), "big") % 10**_DIGITS
    digits = f"{number:0{_DIGITS}}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def is_fingerprint_of(told: str, public: str) -> bool:
    """Whether someone typed a key's fingerprint, with whatever stands between the digits."""
    return re.sub(r"\D", "", told) == fingerprint(public).replace(" ", "")

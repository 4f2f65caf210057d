"""Keys in addresses, for the URLs of all areas; importing this module registers them, once."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Sha256Converter(StringConverter):
    """A source's sha256: ``<sha256:sha256>``."""

    regex = "[0-9a-f]{64}"


class KeyConverter(StringConverter):
    """A statement's key: ``<key:key>``."""

    regex = "[0-9a-f]{32}"


register_converter(Sha256Converter, "sha256")
register_converter(KeyConverter, "key")

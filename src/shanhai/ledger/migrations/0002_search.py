"""The search index, which each database keeps in its own way."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from shanhai.ledger.search import postgresql, sqlite


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index."""
    for statement in postgresql.CREATE if editor.connection.vendor == "postgresql" else (sqlite.CREATE,):
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    editor.execute(postgresql.DROP if editor.connection.vendor == "postgresql" else sqlite.DROP)


class Migration(migrations.Migration):
    """After the first tables."""

    dependencies = (("ledger", "0001_initial"),)
    operations = (migrations.RunPython(create, drop),)

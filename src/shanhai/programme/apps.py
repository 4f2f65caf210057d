"""The register as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The app ``programme``."""

    name = "shanhai.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ledger which tables are sealed and archived beside its own."""
        from shanhai.programme import keeping  # needs the tables

        keeping.register()

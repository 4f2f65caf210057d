"""The register as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The app ``programme``."""

    name = "shanhai.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ledger which tables are sealed, archived and verified beside its own."""
        from shanhai.ledger import verify
        from shanhai.programme import keeping, verifying  # they need the tables

        keeping.register()
        verify.BESIDE.append(verifying.faults)

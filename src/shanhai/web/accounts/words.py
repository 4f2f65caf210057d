"""The words for roles, and for where they hold."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shanhai.ledger.models import Pairing, Role
from shanhai.web.frame.templatetags.frame import both

ROLES: "dict[str, str | Promise]" = {
    Role.READER.value: pgettext_lazy("role", "读者"),
    Role.REPORTER.value: pgettext_lazy("role", "填报"),
    Role.REVIEWER.value: pgettext_lazy("role", "审核"),
    Role.OFFICE.value: pgettext_lazy("role", "办公室"),
    Role.ADMINISTRATOR.value: pgettext_lazy("role", "管理员"),
}
ABOUT: "dict[str, str | Promise]" = {
    Role.READER.value: _("阅读、导出表格"),
    Role.REPORTER.value: _("另可上传来源、核对初稿"),
    Role.REVIEWER.value: _("另可审核数字、说明问题已解决"),
    Role.OFFICE.value: _("另可分派问题、归档、管理结对与专题"),
    Role.ADMINISTRATOR.value: _("另可管理账号、查看审计记录、导出整个账本"),
}
"""What each role adds to the one before it."""


def pairing_name(pairing: Pairing) -> str:
    """What a pairing is called, in the reader's language where it has a name in it."""
    return both(pairing.name_zh, pairing.name_en or pairing.name_zh)

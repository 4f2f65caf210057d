"""Filters for roles."""

from django import template
from django.utils.translation import gettext as _

from shanhai.ledger.models import Membership
from shanhai.web.accounts.words import ROLES, pairing_name

register = template.Library()


@register.filter
def role_word(member: Membership) -> str:
    """The word for the role."""
    return str(ROLES[member.role])


@register.filter
def role_told(member: Membership) -> str:
    """The role and where it holds: 审核（全部结对）."""
    return _("%(role)s（%(where)s）") % {
        "role": role_word(member),
        "where": pairing_name(member.pairing) if member.pairing else _("全部结对"),
    }

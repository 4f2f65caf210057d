"""What may be typed into one line: no characters that cannot be seen, which would forge what others read."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.ledger.unseen import is_unseen


def check_plain(text: str) -> None:
    """Refuse a line with characters that cannot be seen.

    Raises:
        ValidationError: it has one; the message names its code.
    """
    unseen = next((c for c in text if is_unseen(c)), None)
    if unseen is not None:
        raise ValidationError(
            _("含有看不见的字符（%(code)s），请删去后再提交。") % {"code": f"U+{ord(unseen):04X}"}
        )

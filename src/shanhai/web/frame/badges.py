"""The words on badges, by kind and value; each has a class ``KIND-VALUE``."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BADGES: "dict[str, dict[str, str | Promise]]" = {
    "severity": {"error": _("错误"), "warning": _("警告"), "info": _("提示")},
    "state": {
        "open": _("待审核"),
        "accepted": _("已采纳"),
        "rejected": _("已排除"),
        "replaced": _("已更正"),
        "gone": _("已不再读出"),
    },
    "grade": {"A": "A", "B": "B", "C": "C", "D": "D", "E": "E"},
    "work": {"open": _("待处理"), "assigned": _("已分派"), "settled": _("已解决")},
    "file": {
        "waiting": _("等待"),
        "reading": _("读取中"),
        "done": _("完成"),
        "duplicate": _("已有"),
        "failed": pgettext_lazy("file", "未读出"),
    },
}

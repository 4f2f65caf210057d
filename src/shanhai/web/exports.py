"""Tables to take away: any area gives a sheet, and the answer is a file that is written to disk and sent from there."""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Sequence

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.ledger.audit import head
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Entry
from shanhai.ledger.moment import one_moment
from shanhai.ledger.queries.paging import Total
from shanhai.publishing.sheets import MEDIA_TYPES, Column, Format, Sheet, Value, write

MOST_ROWS = 50_000
"""A file holds no more rows; so many are written within the time that one request has."""
_NOTHING_YET = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def answer(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    notes: Sequence[tuple[str, str]],
    ending: str,
) -> FileResponse:
    """The file: named after its title and the ledger's day; its notes end with the state of the ledger.

    Nothing in it is of the clock, so that the same ledger gives the same bytes.

    Raises:
        NotThere: no table is written with this ending.
    """
    wanted = _format(ending)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    try:
        with one_moment():
            last = head()
            made = last.at if last else _NOTHING_YET
            told = [*notes, *_state(last)]
            write(Sheet(title, columns, rows, told, _("附注"), made), wanted, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"{title}-{timezone.localtime(made):%Y%m%d}.{wanted}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[wanted])


def refuse_many(rows: Total) -> None:
    """Refuse what no file holds.

    Raises:
        NotPossible: there are more than ``MOST_ROWS`` rows.
    """
    if rows.more or rows.number > MOST_ROWS:
        raise NotPossible(
            f"筛选后超过{MOST_ROWS:,}行，一个文件放不下。请先缩小筛选范围（如分年度、分领域），再分次导出。",
            f"More than {MOST_ROWS:,} rows are left, which is too many for one file. Narrow the filters, by year or area "
            "say, and export in parts.",
        )


def absolute(request: HttpRequest) -> Callable[[str], str]:
    """Makes whole addresses of pages, under the name by which the application was reached."""
    root = f"{request.scheme}://{request.get_host()}"
    return root.__add__


def _state(last: Entry | None) -> list[tuple[str, str]]:
    """What every file says of the ledger it was made from."""
    until, number, sign = "—", "—", "—"
    if last:
        until, number, sign = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}", str(last.number), last.hash
    return [
        (_("数据截至"), until),
        (_("账本状态"), _("审计记录第 %(number)s 条，%(hash)s") % {"number": number, "hash": sign}),
        (_("读法"), _("数字由所列来源发布，不代表山海认可；请以证据链接中的原文为准。")),
    ]


def _format(ending: str) -> Format:
    try:
        return Format(ending)
    except ValueError:
        raise NotThere(
            f"不能导出为“{ending[:20]}”。可选：{'、'.join(Format)}。",
            f"Tables are not written as “{ending[:20]}”; there are {', '.join(Format)}.",
        ) from None

"""The auditors' limits: what lies idle for more than one year, and for more than two, counted from arrival."""

import datetime

YEARS = (1, 2)
"""As the national audits of 2017 and 2018 count idle money."""


def before(day: datetime.date, years: int) -> datetime.date:
    """The day so many years earlier; what came before it is older than that."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)

"""``shanhai register``: the programme's register from the command line. One module a subject."""

import click

from shanhai.cli.register import demo, exchange, sheets


@click.group("register")
def command() -> None:
    """Templates, import and export of the programme's register, sheet by sheet; comparison with the other side's; a demonstration.

    KIND is a kind of record: project, money, member, activity and others; shanhai register kinds lists them.
    Exit status: 0 done, 2 nothing done (wrong usage, or what was asked was refused), 3 rows of the file are bad.
    """


for one in (*sheets.COMMANDS, *exchange.COMMANDS, demo.command):
    command.add_command(one)

"""``shanhai register``: the programme's register from the command line. One module a subcommand."""

import click

from shanhai.cli.register import demo


@click.group("register")
def command() -> None:
    """Work with the programme's register: projects, money, work, targets."""


command.add_command(demo.command)

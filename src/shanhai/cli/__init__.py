"""The command line. One module a command; a command's module is loaded when it is called."""

from importlib import import_module

import click

from shanhai import __version__

COMMANDS = {
    "claims": "Take every quantity out of reports, with its exact place.  取出报告中的每一个数",
    "check": "Check a draft number by number, against itself and other reports.  逐数核对初稿",
    "read": "Read reports into a ledger; build facts and findings.  把报告读入账本",
    "overview": "Read reports and print a summary; write a page to look at.  通读并汇总",
    "serve": "Serve the web application; make its ledger where there is none.  启动网页应用",
    "ledger": "Count, export, import and verify a ledger.  账本：统计、导出、导入、核验",
    "register": "The programme's register: templates, import, export, demonstration data.  台账：模板、导入、导出、演示数据",
    "backup": "Copy the whole ledger, while it is in use.  备份账本",
    "restore": "Bring a ledger back from a backup.  恢复账本",
    "catalogue": "Show, check and extend what is known about indicators.  查看与扩充指标目录",
}
"""The commands, each with its line in the help, in the order shown."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = import_module(f"shanhai.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="shanhai")
def main() -> None:
    """Shanhai 山海: every number of a partner-assistance programme, traced to its evidence.

    让对口支援、东西部协作、定点帮扶中的每一个数都能查到出处。
    """

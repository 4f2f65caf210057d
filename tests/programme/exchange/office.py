"""One office with a ledger of its own, as a process: ``python office.py STEP SIDE FOLDER``. Two of them exchange files.

``fill`` makes the ledger and exports; ``take`` takes the other side's file and writes a note; ``print`` takes the other
side's notes and writes the memo and its sheet into the folder.
"""

import datetime
import io
import sys
from pathlib import Path

import django


def main(step: str, side_name: str, folder: Path) -> None:
    django.setup()
    from shanhai.programme.exchange.keys import SigningKey
    from shanhai.programme.exchange.lines import Side

    side = Side(side_name)
    ledger = folder / f"{side}.db"
    office = Office(side, folder, SigningKey.beside(ledger))
    getattr(office, step)()


class Office:
    def __init__(self, side, folder, key):  # type: ignore[no-untyped-def]
        from shanhai.ledger.actors import Actor

        self.side, self.folder, self.key = side, folder, key
        self.actor = Actor.command_line(str(side))
        self.at = datetime.datetime(2024, 1, 15, 9 if side == "sending" else 14, tzinfo=datetime.UTC)

    def fill(self) -> None:
        from django.core.management import call_command
        from exchange_register import fill  # type: ignore[import-not-found]

        from shanhai.ledger.models import Pairing
        from shanhai.programme.actions.exchange import export
        from shanhai.programme.exchange.keys import fingerprint
        from shanhai.programme.queries import exchange as queries

        call_command("migrate", verbosity=0)
        pairing = Pairing.objects.create(
            key=f"of-{self.side}",  # each office names it as it likes
            name_zh="东江对口支援雪山",
            sending="东江市",
            sending_code="440100",
            receiving="雪山县",
            receiving_code="540100",
        )
        fill(pairing, self.actor, str(self.side))
        year = datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)
        file = export(pairing, self.side, *year, f"{self.side}办", key=self.key, actor=self.actor, at=self.at)
        (self.folder / f"{self.side}.jsonl").write_bytes(queries.data_of(file))
        (self.folder / f"{self.side}.digits").write_text(fingerprint(self.key.public))

    def take(self) -> None:
        from shanhai.programme.actions.exchange import Trust, receive, write_note
        from shanhai.programme.exchange.differing import Outcome
        from shanhai.programme.queries import exchange as queries

        pairing, other = self._pairing(), self.side.other
        data = (self.folder / f"{other}.jsonl").read_bytes()
        trust = Trust((self.folder / f"{other}.digits").read_text())
        receive(pairing, data, trust, own=self.key.public, actor=self.actor, at=self.at)
        found = self._comparison(pairing)
        row = next(row for row in found.rows if row.outcome is Outcome.AMOUNT)
        note = write_note(
            pairing, found, row.key, f"{self.side}：按凭证改正", key=self.key, actor=self.actor, at=self.at
        )
        (self.folder / f"{self.side}.notes").write_bytes(queries.data_of(note))

    def print(self) -> None:
        from shanhai.programme.actions.exchange import Trust, receive
        from shanhai.programme.queries import exchange as queries
        from shanhai.publishing.printed import memo_page, memo_sheet
        from shanhai.publishing.sheets import Format, write

        pairing = self._pairing()
        data = (self.folder / f"{self.side.other}.notes").read_bytes()
        receive(pairing, data, Trust(), own=self.key.public, actor=self.actor, at=self.at)
        found = self._comparison(pairing)
        said = queries.said(pairing, found)
        (self.folder / f"{self.side}.html").write_bytes(memo_page(found, said))
        sheet = io.BytesIO()
        write(memo_sheet(found, said), Format.XLSX, sheet)
        (self.folder / f"{self.side}.xlsx").write_bytes(sheet.getvalue())

    def _pairing(self):  # type: ignore[no-untyped-def]
        from shanhai.ledger.models import Pairing

        return Pairing.objects.get()

    def _comparison(self, pairing):  # type: ignore[no-untyped-def]
        from shanhai.programme.queries import exchange as queries

        (pair,) = queries.pairs(queries.registers(self.actor, pairing))
        return queries.comparison_of(pair.sending, pair.receiving)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))

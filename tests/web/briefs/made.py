"""A brief whose event waits, and a need and an offer brought together; both of a pairing with the team ``T10``."""

import datetime

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.briefs import decide, send
from shanhai.programme.actions.needs import bring_together
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Team

CLERK = Actor.command_line("clerk")


def reported(pairing: Pairing) -> str:
    """A brief with an event that is confirmed; its number."""
    team = Team.objects.get(pairing=pairing, key="T10")
    brief = send(pairing, team, None, datetime.date(2023, 8, 1), actor=CLERK)
    told = {"sort": "培训", "name": "青山急救培训", "day": "2023-08-14", "counts": "参训人数 42"}
    decide(brief, 0, "confirmed", actor=CLERK, told=told)
    return brief.key


def matched(pairing: Pairing) -> str:
    """A need and an offer brought together, and a second of each that are open; the match's number."""
    for number in ("1", "2"):
        for side, key in (("asked", "N"), ("offered", "K")):
            values = {
                "side": side, "summary": f"青山儿科医生{number}", "area": "health", "said_by": "青山卫健委",
                "day": datetime.date(2024, 1, 10),
            }  # fmt: skip
            put(KINDS["need"], pairing, Told(f"{key}{number}", values), actor=CLERK)
    return bring_together(pairing, "N1", "K1", actor=CLERK).key

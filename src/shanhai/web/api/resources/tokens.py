"""Tokens: one's own, or all for one who manages accounts. They are made on the page or by a command, never by a token."""

import datetime
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from shanhai.ledger.actions.tokens import access_token, revoke, tokens
from shanhai.ledger.models import Token
from shanhai.ledger.queries.paging import page_of
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.requests import Request

router = Router(tags=["tokens"])


class TokenOut(Schema):
    """A token; its secret is shown once, when it is made. ``hint`` is how the secret ends."""

    id: int
    account: str
    label: str
    hint: str
    created: datetime.datetime
    expires: datetime.datetime
    last_used: datetime.date | None
    revoked: datetime.datetime | None


class TokensOut(Schema):
    """One page of tokens."""

    items: list[TokenOut]
    next: str | None


@router.get("/tokens", response=TokensOut, operation_id="list_tokens", summary="令牌 Tokens")
def list_tokens(request: Request, wanted: Query[PageQuery]) -> dict[str, Any]:
    """One's own tokens; all of them for one who manages accounts."""
    rows = tokens(request.actor)
    return listed(request, wanted, lambda after, size: page_of(rows, after, size), _shown)


@router.delete(
    "/tokens/{id}", response={204: None}, operation_id="revoke_token", summary="吊销令牌 Revoke a token"
)
def revoke_token(request: Request, id: Path[Annotated[int, Field(ge=1, le=2**62)]]) -> Status[None]:  # noqa: A002 - its name in the address
    """Let a token hold no more; a program that has done its work may revoke its own."""
    revoke(access_token(request.actor, id), actor=request.actor)
    return Status(204, None)


def _shown(row: Token) -> dict[str, Any]:
    return {
        **{n: getattr(row, n) for n in TokenOut.model_fields if n != "account"},
        "account": row.user.get_username(),
    }

"""What a view is given."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from shanhai.ledger.actors import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request with who acts. Views name it as the type of their first parameter.

    Attributes:
        actor: who acts, with their rights; found out when first asked for.
        htmx: true where htmx asks and a fragment is the answer.
    """

    actor: Actor
    htmx: "HtmxDetails"

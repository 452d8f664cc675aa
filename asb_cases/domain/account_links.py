"""One-time links for an account: what each is for, how long it is good, and how many may be asked for."""

from datetime import timedelta
from enum import StrEnum

from asb_cases.domain.errors import Refusal


class LinkPurpose(StrEnum):
    """What a link does, and who asked for it."""

    INVITATION = "invitation"
    RESET = "reset"
    FORGOTTEN = "forgotten"
    ADDRESS_CHANGE = "address_change"


#: Links that set a password. The other one confirms an e-mail address.
SETS_PASSWORD = frozenset({LinkPurpose.INVITATION, LinkPurpose.RESET, LinkPurpose.FORGOTTEN})
#: For how long one is good. What a stranger may ask for is good for the shortest time.
GOOD_FOR = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.RESET: timedelta(hours=24),
    LinkPurpose.FORGOTTEN: timedelta(hours=1),
    LinkPurpose.ADDRESS_CHANGE: timedelta(hours=24),
}
#: Which earlier links each takes the place of. An administrator's stands alone; what anybody may ask for ends only its like.
REPLACES = {
    LinkPurpose.INVITATION: frozenset(LinkPurpose),
    LinkPurpose.RESET: frozenset(LinkPurpose),
    LinkPurpose.FORGOTTEN: frozenset({LinkPurpose.FORGOTTEN}),
    LinkPurpose.ADDRESS_CHANGE: frozenset({LinkPurpose.ADDRESS_CHANGE}),
}
#: Links that one account may be sent within an hour at somebody's own asking: an inbox must not be flooded.
MOST_IN_AN_HOUR = 3
#: Where the link goes in the words of an e-mail. It is put there as the e-mail is sent, and kept no longer.
LINK_GOES_HERE = "[one-time link]"

AUTHORITY = ""

SAME_ADDRESS = Refusal(
    "same_address",
    "This is the address that the account has.",
    AUTHORITY,
    "Enter another address, or leave it as it is.",
    field="email",
)
TOO_MANY_LINKS = Refusal(
    "too_many_links",
    "Several links were asked for in the last hour.",
    AUTHORITY,
    "Use the latest that arrived, or wait an hour.",
    field="email",
)
NOT_IN_USE = Refusal(
    "account_not_in_use",
    "The account is out of use: no link is made for it.",
    AUTHORITY,
    "Put it in use again first.",
)


class LinkOver(Exception):
    """The link is used up, too old, withdrawn or was never made: which of them is not told."""


def address_of(purpose: LinkPurpose, token: str) -> str:
    """The page behind a link."""
    return f"/set-password/{token}" if purpose in SETS_PASSWORD else f"/confirm-address/{token}"

"""An application of an operator, in words: its states, its choices, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.models import OperatorKind
from haetae.operators.onboarding.states import Declined, State, Way

Words = Mapping[str, str | Promise]
KINDS: Final[Words] = {
    OperatorKind.PLATFORM: _("A platform on which people post"),
    OperatorKind.HOST: _("A host of servers or storage"),
    OperatorKind.CDN: _("A content delivery network"),
    OperatorKind.SEARCH: _("A search service"),
    OperatorKind.ACCESS_PROVIDER: _("An internet access provider"),
}
COUNTRIES: Final[Words] = {
    "kr": _("Republic of Korea"),
    "us": _("United States"),
    "uk": _("United Kingdom"),
    "eu": _("European Union"),
    "au": _("Australia"),
    "in": _("India"),
    "other": _("Somewhere else"),
}
LANGUAGES: Final[Mapping[str, str]] = {"ko": "한국어", "en": "English"}
WAYS: Final[Words] = {
    Way.DESK: _("We sign in here and answer"),
    Way.MAIL: _("By mail, with a link that answers"),
    Way.POLLING: _("Our system fetches requests"),
    Way.WEBHOOK: _("You send requests to our system"),
}
STATES: Final[Words] = {
    State.APPLIED: _("not shown yet that the origin is theirs"),
    State.NOT_PROVEN: _("looked, and it was not shown"),
    State.PROVEN: _("shown; waits for two officials"),
    State.APPROVED_ONCE: _("approved by one; waits for another official"),
    State.APPROVED: _("approved by two"),
    State.DECLINED: _("declined"),
    State.WITHDRAWN: _("withdrawn"),
}
DECLINED: Final[Words] = {
    Declined.PRIVATE_CHATS: _("Nothing there is public. Private chats are out of scope."),
    Declined.NO_OPERATOR: _("Nothing there could be deleted or hidden by whoever applied."),
    Declined.WHO_IS_UNCLEAR: _("It is not clear who runs this."),
    Declined.DOUBLE: _("There is another application, or a registration, of the same operator."),
}
_PROBLEMS: Final[Words] = {
    "name_length": _("Write a name of 2 to 120 characters."),
    "origin_unreadable": _("Write it as https://board.example: with https, a name, and nothing after it."),
    "choose_one": _("Choose one."),
    "zone_unknown": _("Write a time zone by its name, such as Asia/Seoul."),
    "mailbox_unreadable": _("Write a mailbox such as desk@board.example."),
    "endpoint_unreadable": _(
        "Write the whole address at which your system listens, beginning with https://."
    ),
    "endpoint_needless": _("An address is needed only when we send requests to your system. Leave it empty."),
    "public_only_missing": _("Without this nobody can be registered."),
    "in_charge_missing": _("Only somebody who may speak for the operator can apply."),
    "operator_known": _(
        "An operator of this name or origin is registered already. Ask its administrator for an account."
    ),
    "too_many_applications": _(
        "Many applications came in this hour. Yours was not taken: send it again in an hour."
    ),
    "just_looked": _("We are looking, or have just looked. Wait half a minute and press again."),
    "proven_already": _("It is shown already. Nothing more is needed from you."),
    "application_over": _("This application has come to its end already. Nothing changed."),
    "not_proven_yet": _("It has not been shown that the origin is theirs. Until then nobody can approve it."),
    "approved_by_you_already": _("You have approved it already. Another official must be the second."),
    "not_approved_yet": _("It is not approved yet, so there is no way in to hand over."),
    "signed_in_already": _("The first administrator has signed in already. New ways in are made there."),
    "no_mail": _("No mail server is set up here. Show the address and hand it over."),
    "reason_missing": _("Choose why."),
    "not_saved": _("Nothing was saved: the database does not answer. Send it again in a minute."),
}
_FOUND: Final[Words] = {
    "shows_something_else": _("The file is there, but its first line is another one."),
    "proven_for_another": _("Somebody else has shown the same origin before. Officials look at that first."),
    "http_404": _("There is no file at that address (404)."),
}


def problem_words(code: str) -> str:
    """A sentence that says what to do; an unknown code is shown as it is."""
    return str(_PROBLEMS.get(code, code))


def found_words(code: str) -> str:
    """What the last look at the origin showed."""
    return str(_FOUND.get(code, _("The address did not give the file.")))

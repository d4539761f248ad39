"""The form in which somebody reports what they did: the same for whoever writes it and for the officer at a desk."""

from typing import Any

from django.http import HttpRequest

from haetae.agencies.investigation.self_reports.actions import Told
from haetae.agencies.investigation.self_reports.rules import CONTACT_LONGEST, TOLD_LONGEST, TOLD_SHORTEST
from haetae.agencies.investigation.self_reports.states import Age
from haetae.common.ids import new_id
from haetae.web.sent import uuid_in
from haetae.web.words.self_reports import age_rules, leniency_words


def told_in(request: HttpRequest) -> Told:
    """What the form says; an age that is none was not said."""
    age = request.POST.get("age", "")
    return Told(
        text=request.POST.get("told", "").replace("\r\n", "\n"),
        contact=request.POST.get("contact", "").replace("\r\n", "\n"),
        age=Age(age) if age in set(Age) else Age.UNSAID,
        has_understood="understood" in request.POST,
    )


def form_shown(request: HttpRequest, *, problem: str = "") -> dict[str, Any]:
    """What the form needs; what was typed is kept."""
    leniency, is_law = leniency_words()
    return {
        "sent": request.POST,
        "problem": problem,
        "leniency": leniency,
        "is_law": is_law,
        "age_rules": age_rules(),
        "least": TOLD_SHORTEST,
        "most": TOLD_LONGEST,
        "contact_most": CONTACT_LONGEST,
        "form_key": uuid_in(request, "form_key") or new_id(),
    }

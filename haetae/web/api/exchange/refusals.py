"""Why a partner's question was not answered: the field, and a sentence."""

from django.http import HttpRequest, JsonResponse

from haetae.common.wires import BadWireError
from haetae.hashbank.actions import CannotEnterError
from haetae.web.api import answers


def bad_wire(problem: BadWireError) -> JsonResponse:
    """What arrived is not what the wire says. Nothing has changed."""
    return answers.refusal(status=400, code="not_understood", field=problem.field, message=problem.words)


def cannot_enter(problem: CannotEnterError) -> JsonResponse:
    """The bank does not take it. Nothing has changed."""
    return answers.refusal(status=400, code="cannot_enter", field=None, message=str(problem))


def unknown_hash(field: str) -> JsonResponse:
    """The same for what nobody knows and for what this partner was never given."""
    words = "This is nothing that you were given or have sent. Nothing of the batch was kept."
    return answers.refusal(status=404, code="hash_unknown", field=field, message=words)


def number_in(request: HttpRequest, name: str, *, default: int) -> int:
    """A whole number out of the address. Raises BadWireError."""
    text = request.GET.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise BadWireError(name, "A whole number in digits is needed.")
    return int(text)

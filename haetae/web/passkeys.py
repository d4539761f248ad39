"""One passkey opens one account: whoever holds it twice would be two people."""

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_registration_response
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from fido2.webauthn import AttestedCredentialData

from haetae.accounts.models import Official
from haetae.accounts.second_steps.actions import second_step_refused


class OwnPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth gives no types
    """Refuses a credential, or the key pair of one, that another account has: kept as a try in the record."""

    def clean(self) -> dict[str, object]:
        """Before the challenge is looked at: the page of a refusal makes a second form, and a new challenge, of it."""
        credential = self.cleaned_data.get("credential")
        holder = _holder_of(_data(credential)) if credential else None
        if holder is not None and holder.pk != self.user.pk:
            _keep_once(self.user, holder)
            raise ValidationError(
                _(
                    "This passkey opens another account already. One person has one account: use a passkey of yours."
                )
            )
        cleaned: dict[str, object] = super().clean()
        return cleaned


def _keep_once(official: Official, holder: Official) -> None:
    if not getattr(context.request, "passkey_refused", False):
        context.request.passkey_refused = True
        second_step_refused(official=official, kind="webauthn", holder=holder)


def _holder_of(new: AttestedCredentialData) -> Official | None:
    for known in Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).select_related("user"):
        held = _data(known.data["credential"])
        if new.credential_id == held.credential_id or new.public_key == held.public_key:
            holder: Official = known.user
            return holder
    return None


def _data(credential: object) -> AttestedCredentialData:
    """What the authenticator itself has said, and not what stands beside it in the form. Raises ValidationError."""
    try:
        said = parse_registration_response(credential)
    except (ValueError, KeyError) as nonsense:
        raise get_adapter().validation_error("incorrect_code") from nonsense
    data: AttestedCredentialData | None = said.response.attestation_object.auth_data.credential_data
    if data is None:
        raise get_adapter().validation_error("incorrect_code")
    return data

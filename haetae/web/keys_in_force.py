"""Django reads its secret once; ours may be changed while this process serves."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from haetae.common.keys import Keys


class KeysInForce:
    """Before each request: sessions are read by every secret that is in force, and written with the newest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        keys: Keys = settings.KEYS
        secret, others = keys.django_secret, list(keys.other_django_secrets)
        if (secret, others) != (settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS):
            settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = secret, others
        return self._get_response(request)

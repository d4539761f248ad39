"""An interface that a key opens. Its description says so: the middleware asks for the key, and ninja does not know."""

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

_KEY_SCHEME: Final[dict[str, Any]] = {"key": {"type": "http", "scheme": "bearer"}}
KEY_NEEDED: Final[dict[str, Any]] = {"security": [{name: []} for name in _KEY_SCHEME]}


class KeyedAPI(NinjaAPI):
    """To be made with `openapi_extra=KEY_NEEDED`."""

    def get_openapi_schema(self, *given: Any, **named: Any) -> OpenAPISchema:
        told = super().get_openapi_schema(*given, **named)
        told["components"]["securitySchemes"] = _KEY_SCHEME
        return told

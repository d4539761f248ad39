"""`python -m tests.canary.theft`: somebody has the database and the home, and no key service; what opens?

Prints one JSON object: for each kind of sealed thing how many there are and how many opened. With keys of the thief's
own where HAETAE_KEYS names some, and without any where HAETAE_KEY_SERVICE names a socket that nobody serves.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    import django

    from haetae.common.keys import KeysUnavailableError

    try:
        django.setup()
    except KeysUnavailableError as nothing:
        print(json.dumps({"starts": False, "words": str(nothing)}))
        return 0
    print(json.dumps({"starts": True, "sealed": _counted(), "receipts_that_open": _receipts_that_open()}))
    return 0


def _counted() -> dict[str, dict[str, int]]:
    tried, opened = Counter[str](), Counter[str]()
    for name, attempt in _attempts():
        tried[name] += 1
        try:
            attempt()
        except Exception as refused:
            if type(refused).__name__ != "WrongKeyError":
                raise
        else:
            opened[name] += 1
    return {name: {"there": count, "opened": opened[name]} for name, count in sorted(tried.items())}


def _attempts() -> Iterator[tuple[str, Callable[[], object]]]:
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    from haetae.agencies.support.models import Case
    from haetae.common.sealed import SealedTextField, unseal

    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedTextField):
                with connection.cursor() as cursor:
                    cursor.execute(
                        f'SELECT "{field.column}" FROM "{model._meta.db_table}" WHERE "{field.column}" IS NOT NULL'
                    )
                    for (sealed,) in cursor.fetchall():
                        yield f"{model._meta.db_table}.{field.column}", lambda sealed=sealed: unseal(sealed)
    for case in Case.objects.exclude(key_for_custodian=None):
        yield (
            "support_case.key_for_custodian",
            lambda case=case: settings.KEYS.open_case_key(case.key_for_custodian, case_id=case.pk),
        )


def _receipts_that_open() -> int:
    """Even with the words: what finds and opens a case needs the pepper as well."""
    from haetae.agencies.support.queries import case_of_receipt

    words = [bytes.fromhex(bits) for bits in sys.stdin.read().split()]
    return sum(case_of_receipt(bits) is not None for bits in words)


if __name__ == "__main__":
    sys.exit(main())

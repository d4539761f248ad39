"""Prepares another installation, in a process of its own: an operator that asks, a picture that is known.

python -m tests.web.upload_stage ORIGIN WHEN_DOWN; prints the operator's token.
"""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from haetae.accounts.models import WhenWeAreDown
    from tests.web.upload_questions import asking_platform, make_known, photo

    make_known(photo("coffee"))
    print(asking_platform(origin=sys.argv[1], when_down=WhenWeAreDown(sys.argv[2])).token)

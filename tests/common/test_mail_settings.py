"""What an administrator says of the mail server is taken or refused at the start, by the name of the variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from haetae.settings.environment import Environment
from haetae.settings.mail import account_of

SENDER = "info@neutral.example"


def told(**more: str) -> Environment:
    return Environment.model_construct(**{**Environment().model_dump(), **more})


def test_without_a_server_nobody_is_written_to():
    assert account_of(told(HAETAE_MAIL="", HAETAE_MAIL_SENDER=SENDER)) is None


def test_a_server_with_a_user_and_a_file_for_the_password(tmp_path: Path):
    account = account_of(
        told(
            HAETAE_MAIL="smtps://post%40office@mail.example",
            HAETAE_MAIL_SENDER=SENDER,
            HAETAE_MAIL_PASSWORD_FILE=str(tmp_path / "password"),
        )
    )
    assert account is not None
    assert (account.host, account.port, account.is_tls) == ("mail.example", 465, True)
    assert (account.user, account.domain) == ("post@office", "neutral.example")


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"HAETAE_MAIL": "http://mail.example"}, "HAETAE_MAIL "),
        ({"HAETAE_MAIL": "smtp://mail.example:port"}, "HAETAE_MAIL "),
        ({"HAETAE_MAIL": "smtp://"}, "HAETAE_MAIL "),
        ({"HAETAE_MAIL": "smtp://user:secret@mail.example"}, "HAETAE_MAIL_PASSWORD_FILE"),
        ({"HAETAE_MAIL": "smtp://user@mail.example"}, "HAETAE_MAIL_PASSWORD_FILE"),
        ({"HAETAE_MAIL_PASSWORD_FILE": "password"}, "HAETAE_MAIL_PASSWORD_FILE"),
        ({"HAETAE_MAIL_SENDER": ""}, "HAETAE_MAIL_SENDER"),
        ({"HAETAE_MAIL_SENDER": "info@neutral.example\nBcc: all@neutral.example"}, "HAETAE_MAIL_SENDER"),
    ],
)
def test_what_cannot_be_used_is_refused_and_no_password_is_repeated(more: dict[str, str], name: str):
    plain = {"HAETAE_MAIL": "smtp://127.0.0.1", "HAETAE_MAIL_SENDER": SENDER}
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        account_of(told(**{**plain, **more}))
    assert "secret" not in str(refused.value)

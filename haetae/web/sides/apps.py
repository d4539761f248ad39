"""allauth's accounts, of which only officials have any."""

from importlib import import_module

from allauth.account.apps import AccountConfig


class OfficialsAccounts(AccountConfig):  # type: ignore[misc]  # allauth gives no types
    """Its own start insists that its middleware runs for everybody; here it runs for the console."""

    def ready(self) -> None:
        import_module("allauth.account.checks")

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "haetae.accounts"
    label = "accounts"

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "haetae.agencies.referrals"
    label = "referrals"

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "haetae.flow.delivery"
    label = "delivery"

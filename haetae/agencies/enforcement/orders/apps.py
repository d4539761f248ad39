from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "haetae.agencies.enforcement.orders"
    label = "orders"

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "haetae.agencies.investigation.files"
    label = "investigations"

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yimen.review"
    label = "review"

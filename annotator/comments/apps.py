from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "annotator.comments"

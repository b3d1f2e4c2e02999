"""Shapes of threads and comments, as JSON."""

from typing import Any

from rest_framework import serializers

from annotator.comments.models import TEXT_LENGTH, Comment, Thread
from annotator.common.fields import FiniteFloatField


class CommentInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT_LENGTH)
    key = serializers.UUIDField(
        required=False, default=None, allow_null=True, help_text="Made by you: the same again is said once."
    )


class ThreadInput(CommentInput):
    """A place and the first comment."""

    x = FiniteFloatField(help_text="Image point")
    y = FiniteFloatField()


class ThreadChangeInput(serializers.Serializer[Any]):
    resolved = serializers.BooleanField()


class ThreadListQuery(serializers.Serializer[Any]):
    resolved = serializers.BooleanField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Only those that are resolved, or only open ones.",
    )


class CommentOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    author = serializers.SerializerMethodField()
    text = serializers.CharField()
    key = serializers.UUIDField(allow_null=True, help_text="As whoever said it has sent it.")
    created_at = serializers.DateTimeField()

    def get_author(self, comment: Comment) -> str | None:
        """Username; null when the account is gone."""
        return comment.author.username if comment.author else None


class ThreadOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    image = serializers.IntegerField(source="image_id")
    x = serializers.FloatField(help_text="Image point")
    y = serializers.FloatField()
    resolved = serializers.SerializerMethodField()
    resolved_by = serializers.SerializerMethodField()
    comments = CommentOutput(many=True)
    created_at = serializers.DateTimeField()

    def get_resolved(self, thread: Thread) -> bool:
        return thread.resolved_at is not None

    def get_resolved_by(self, thread: Thread) -> str | None:
        return thread.resolved_by.username if thread.resolved_by else None

"""Shapes of the session, as JSON."""

from typing import Any

from rest_framework import serializers


class UserOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()


class LimitsOutput(serializers.Serializer[Any]):
    max_upload_bytes = serializers.IntegerField()
    max_image_pixels = serializers.IntegerField()


class SessionOutput(serializers.Serializer[Any]):
    """Who is signed in (null: nobody) and what this server takes."""

    user = UserOutput(allow_null=True)
    limits = LimitsOutput()
    version = serializers.CharField()
    installation = serializers.UUIDField(help_text="Names this set of data, whatever its address.")


class SignInInput(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)

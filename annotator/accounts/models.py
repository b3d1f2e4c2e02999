"""Who somebody is, and what lets them in. Secrets are stored as digests only."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person or a program with an account."""


class Installation(models.Model):
    """The one row whose name tells this set of data from any other ever served at the same address."""

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    name = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(name="installation_is_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"installation {self.name}"

    @classmethod
    def the_one(cls) -> "Installation":
        """Named when it is first asked for."""
        return cls.objects.get_or_create(id=cls.THE_ONE)[0]


class ApiToken(models.Model):
    """Lets a program act as its user: `Authorization: Token <secret>`. Valid until deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)  # sha256 hex of the secret
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"token {self.pk} of {self.user}"


class SignInLink(models.Model):
    """A link that signs its user in once, before it expires."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)  # sha256 hex of the secret
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sign-in link {self.pk} of {self.user}"

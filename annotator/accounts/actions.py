"""Changes to accounts: tokens, sign-in links, the local user."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from annotator.accounts.digests import digest_of, make_secret
from annotator.accounts.models import ApiToken, SignInLink, User

LOCAL_USERNAME = "admin"
LINK_LIFETIME = timedelta(hours=24)


def create_api_token(user: User) -> str:
    """The secret of a new token; it is shown once and cannot be read again."""
    secret = make_secret()
    ApiToken.objects.create(user=user, digest=digest_of(secret))
    return secret


@transaction.atomic
def create_sign_in_link(user: User) -> str:
    """The secret of a new one-use link. Links that can no longer be used are forgotten on the way."""
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    secret = make_secret()
    SignInLink.objects.create(user=user, digest=digest_of(secret), expires_at=now + LINK_LIFETIME)
    return secret


@transaction.atomic
def redeem_sign_in_link(secret: str) -> User | None:
    """The user of an unused, unexpired link, which is used up by this; None for any other secret.

    Of two requests with the same link one gets the user: the update is conditional.
    """
    now = timezone.now()
    usable = SignInLink.objects.filter(
        digest=digest_of(secret), used_at=None, expires_at__gt=now, user__is_active=True
    )
    link = usable.select_related("user").first()
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        return None
    return link.user


def get_or_create_user(username: str) -> tuple[User, bool]:
    """The user of that name, made without a password (token or link only) if there is none."""
    user, created = User.objects.get_or_create(username=username)
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user, created

from annotator.common.errors import Invalid


class SignInFailed(Invalid):
    """Tells nothing about which of the two was wrong."""

    code = "sign_in_failed"
    message = "No account has this name and password. Check both, or ask for a sign-in link."

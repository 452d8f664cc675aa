"""Forms of one's own account."""

from typing import Any

from wtforms import ValidationError

from asb_cases.domain.passwords import SHORTEST
from asb_cases.web.forms import EmailField, Form, PasswordField
from asb_cases.web.validators import EmailAddress


class SignInForm(Form):
    """Who it is. Password managers fill it in; pasting works."""

    email = EmailField("Email address", required="Enter your email address", autocomplete="username")
    password = PasswordField("Password", required="Enter your password")


class ForgottenForm(Form):
    """Where the link goes."""

    email = EmailField("Email address", [EmailAddress()], required="Enter your email address", autocomplete="username")


class AddressForm(Form):
    """Another e-mail address, by somebody who knows the password."""

    email = EmailField(
        "New email address", [EmailAddress()], required="Enter the new email address", autocomplete="email"
    )
    current = PasswordField("Your password", required="Enter your password")


class NothingAskedForm(Form):
    """No questions, only a button."""


class _Known(Form):
    """Proof of knowing the old password: asked before a new one."""

    current = PasswordField("Current password", required="Enter your current password")


class SetPasswordForm(Form):
    """A password of one's own, typed twice since nobody sees it."""

    password = PasswordField(
        "New password",
        required="Enter a new password",
        hint=f"At least {SHORTEST} characters. Three words that have nothing to do with each other make a good password.",
        autocomplete="new-password",
    )
    again = PasswordField("New password again", required="Enter the new password again", autocomplete="new-password")

    def validate_again(self, field: Any) -> None:
        """Both are the same."""
        if field.data != self.password.data:
            raise ValidationError("The two new passwords are not the same")


class ChangePasswordForm(_Known, SetPasswordForm):
    """A new password, by somebody who knows the old one."""

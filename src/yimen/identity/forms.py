"""Signing in and up, passwords, accounts: the forms, and how allauth is told to do it our way."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from yimen.identity import access, commands
from yimen.identity.choices import Document
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.kit.web import address_of
from yimen.ui import ports
from yimen.ui.acting import PlainForm


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth signs people in here: attempts counted in the database, everything written down, our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("账号或密码不正确，请核对后重试。"),
        "phone_password_mismatch": _("账号或密码不正确，请核对后重试。"),
        "email_password_mismatch": _("账号或密码不正确，请核对后重试。"),
        "invalid_login": _("账号或密码不正确，请核对后重试。"),
        "too_many_login_attempts": _(commands.SignInLocked.sentence),
        "incorrect_password": _("密码不正确。"),
        "enter_current_password": _("请输入当前密码。"),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            commands.begin_attempt(name=credentials["username"], address=address_of(request), at=now())
        except commands.SignInLocked as locked:
            raise self.validation_error("too_many_login_attempts") from locked

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user is not None:
            commands.forget_attempts(name=credentials["username"], address=address_of(request))
        return user

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        commands.signed_in(user, by=access.actor_for(user, now()), at=now())
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def set_password(self, user: Any, password: str) -> None:
        commands.change_password(user, password=password, by=access.actor_for(user, now()), at=now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their desk, everybody else to their own space."""
        staff = access.actor_for(access.plain(request.user), now()).is_staff
        return ports.place("desk" if staff else "my_space") or ports.place("home") or "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("身份证号、手机号或用户名"),
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
            error_messages={"required": _("请输入身份证号、手机号或用户名。")},
        )
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("请输入密码。")
        self.order_fields(["login", "password"])


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("当前密码"), "password1": _("新密码"), "password2": _("再输入一次新密码")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("请填写此项。")
        self.fields["password1"].help_text = _("至少 8 位，不能全是数字，也不要用常见的密码。")

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if password == self.cleaned_data.get("oldpassword"):
            raise forms.ValidationError(_("新密码不能与原来的相同。"))
        return password


class RefusableForm(PlainForm):
    """A form that can show the refusal of a command beside its fields."""

    places: dict[str, str] = {}
    """Refusal code -> field, for refusals that belong to one field."""

    def show(self, refusal: Refusal) -> None:
        if isinstance(refusal, Invalid) and refusal.errors:
            for error in refusal.errors:
                self.add_error(error["field"] if error["field"] in self.fields else None, translated(error["message"]))
        else:
            self.add_error(self.places.get(refusal.code), translated(refusal.detail))


REQUIRED = {"required": _("请填写此项。")}


class SignUpForm(RefusableForm):
    places = {"subject_known": "number", "phone_taken": "phone"}

    name = forms.CharField(
        label=_("姓名"), max_length=60, error_messages=REQUIRED, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    number = forms.CharField(
        label=_("身份证号"), max_length=30, error_messages=REQUIRED, help_text=_("18 位居民身份证号码。")
    )
    phone = forms.CharField(
        label=_("手机号码"),
        max_length=20,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=128,
        error_messages=REQUIRED,
        help_text=_("至少 8 位，不能全是数字，也不要用常见的密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次密码"),
        strip=False,
        max_length=128,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        try:
            return commands.require_number(Document.CITIZEN_ID, number, now())
        except commands.BadNumber as bad:
            raise forms.ValidationError(translated(bad.errors[0]["message"])) from bad

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not access.PHONE.match(access.plain_phone(phone)):
            raise forms.ValidationError(_("请填写 11 位手机号码。"))
        return phone

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise forms.ValidationError(_("两次输入的密码不一致。"))
        return again


class AccountForm(RefusableForm):
    """A new account for a member of staff."""

    places = {"username_taken": "username", "phone_taken": "phone"}

    username = forms.CharField(
        label=_("用户名"), max_length=40, error_messages=REQUIRED, help_text=_("小写字母开头，可含数字、点、横线。")
    )
    name = forms.CharField(label=_("姓名"), max_length=60, error_messages=REQUIRED)
    phone = forms.CharField(label=_("手机号码（可不填）"), max_length=20, required=False)


class ReasonForm(RefusableForm):
    reason = forms.CharField(label=_("原因"), max_length=200, error_messages=REQUIRED)


class PostForm(RefusableForm):
    """A post for somebody; posts that they hold already are not offered."""

    places = dict.fromkeys(("already_held", "duties_clash", "own_account", "not_found"), "post")

    post = forms.ChoiceField(label=_("岗位"), error_messages=REQUIRED)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("请选择")), *posts]  # type: ignore[attr-defined]
        self.fields["post"].error_messages["invalid_choice"] = _("请从列表里选择岗位。")


class HolderForm(RefusableForm):
    places = dict.fromkeys(("already_held", "duties_clash", "own_account", "not_found"), "username")

    username = forms.CharField(label=_("用户名"), max_length=40, error_messages=REQUIRED)

"""The pages of allauth that this house uses, under the names by which allauth looks for them."""

from __future__ import annotations

from allauth.account import views
from django.urls import path

from yimen.identity.views.sign_up import sign_up
from yimen.kit.guards import public, signed_in

urlpatterns = [
    path("login/", public(views.login), name="account_login"),
    path("logout/", public(views.logout), name="account_logout"),
    path("signup/", sign_up, name="account_signup"),
    path("inactive/", public(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(views.password_change), name="account_change_password"),
]

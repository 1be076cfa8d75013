from django.urls import path
from django.views.i18n import set_language

from yimen.kit.guards import public
from yimen.ui import views

app_name = "ui"
urlpatterns = [
    path("language", public(set_language), name="language"),
    path("accessible-mode", views.accessible_mode, name="accessible_mode"),
    path("styleguide", views.styleguide, name="styleguide"),
]

from django.urls import path

from yimen.vault.views import checking, holding

app_name = "vault"

urlpatterns = [
    path("my/licences/", holding.mine, name="mine"),
    path("my/licences/<int:pk>/", holding.licence, name="licence"),
    path("my/licences/<int:pk>.pdf", holding.pdf, name="pdf"),
    path("l/<str:token>", checking.check, name="check"),
    path("s/<str:code>", checking.shown, name="shown"),
    path("check-licence/", checking.ask, name="ask"),
]

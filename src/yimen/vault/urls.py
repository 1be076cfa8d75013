from django.urls import path

from yimen.vault import views

app_name = "vault"

urlpatterns = [
    path("my/licences/", views.mine, name="mine"),
    path("my/licences/<int:pk>/", views.licence, name="licence"),
    path("my/licences/<int:pk>.pdf", views.pdf, name="pdf"),
    path("l/<str:token>", views.check, name="check"),
]

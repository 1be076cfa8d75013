from django.urls import path

from yimen.hall import views

app_name = "hall"

urlpatterns = [
    path("desk/windows/", views.windows, name="windows"),
    path("desk/windows/<int:window>/", views.window, name="window"),
    path("desk/windows/<int:window>/authorise/", views.authorise, name="authorise"),
    path("desk/windows/authorisations/<int:authorisation>/withdraw/", views.withdraw, name="withdraw"),
]

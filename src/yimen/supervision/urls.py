from django.urls import path

from yimen.supervision import views

app_name = "supervision"

urlpatterns = [
    path("desk/supervision/", views.board, name="board"),
    path("desk/supervision/due/", views.due, name="due"),
    path("desk/supervision/cards/", views.cards, name="cards"),
    path("desk/supervision/cards/<int:card>/", views.card, name="card"),
]

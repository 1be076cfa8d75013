from django.urls import path

from yimen.papers import views

app_name = "papers"

urlpatterns = [
    path("papers/<str:number>.pdf", views.pdf, name="pdf"),
    path("v/", views.ask, name="ask"),
    path("v/<str:token>", views.verify, name="verify"),
]

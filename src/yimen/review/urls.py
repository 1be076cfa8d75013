from django.urls import path

from yimen.review import views

app_name = "review"

urlpatterns = [
    path("desk/tasks/", views.tasks, name="tasks"),
    path("desk/decisions/", views.decisions, name="decisions"),
    path("desk/cases/<str:number>/opine/", views.opine, name="opine"),
]

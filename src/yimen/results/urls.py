from django.urls import path

from yimen.results import views

app_name = "results"

urlpatterns = [
    path("desk/results/", views.results, name="results"),
    path("desk/cases/<str:number>/issue/", views.issue, name="issue"),
    path("desk/cases/<str:number>/deliver/", views.deliver, name="deliver"),
]

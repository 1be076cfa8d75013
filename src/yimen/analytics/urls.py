from django.urls import path

from yimen.analytics import views

app_name = "analytics"

urlpatterns = [
    path("desk/savings/", views.overview, name="savings"),
    path("desk/savings.csv", views.file, name="savings_file"),
    path("desk/savings/materials/", views.materials, name="materials"),
    path("desk/savings/materials.csv", views.materials_file, name="materials_file"),
]

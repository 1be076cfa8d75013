from django.urls import path

from yimen.catalog.views import attachments, desk, upload

app_name = "catalog"

urlpatterns = [
    path("desk/catalog/", desk.items, name="desk"),
    path("desk/catalog/upload", upload.upload, name="upload"),
    path("desk/catalog/release", upload.release, name="release"),
    path("desk/catalog/<slug:slug>/", desk.item, name="item"),
    path("desk/catalog/<slug:slug>/<int:version>", desk.edition, name="edition"),
    path("desk/catalog/<slug:slug>/<int:version>.json", desk.document, name="document"),
    path("items/<slug:slug>/files/<uuid:file>", attachments.fetch, name="attachment"),
]

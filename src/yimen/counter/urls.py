from django.urls import path

from yimen.counter.views import account, consenting, intake, originals, together, visiting, window

app_name = "counter"

urlpatterns = [
    path("desk/counter/", visiting.start, name="start"),
    path("desk/counter/find/", visiting.find, name="find"),
    path("desk/counter/visitor/<str:note>/", visiting.visitor, name="visitor"),
    path("desk/counter/visitor/<str:note>/name/", account.rename, name="rename"),
    path("desk/counter/visitor/<str:note>/account/", account.account, name="account"),
    path("desk/counter/visitor/<str:note>/licences/<int:pk>/", originals.original, name="original"),
    path("desk/counter/visitor/<str:note>/licences/<int:pk>/scan", originals.scan, name="original_scan"),
    path("desk/counter/visitor/<str:note>/consent/", consenting.consent, name="consent"),
    path("desk/counter/visitor/<str:note>/packages/<slug:code>/", together.begin, name="package_begin"),
    path("desk/counter/packages/<str:number>/", together.intake, name="package"),
    path("desk/counter/packages/<str:number>/divisions/", together.divisions, name="package_divisions"),
    path("desk/counter/packages/<str:number>/form-files/<slug:name>/", together.form_file, name="package_form_file"),
    path("desk/counter/packages/<str:number>/discard/", together.discard, name="package_discard"),
    path("desk/counter/packages/<str:number>/items/<slug:slug>/", together.part, name="package_part"),
    path("desk/counter/applications/<str:number>/", intake.intake, name="intake"),
    path("desk/counter/applications/<str:number>/divisions/", intake.divisions, name="divisions"),
    path("desk/counter/applications/<str:number>/form-files/<slug:name>/", intake.form_file, name="form_file"),
    path("desk/counter/applications/<str:number>/discard/", intake.discard, name="discard"),
    path("desk/counter/cases/<str:number>/", window.case, name="case"),
    path("desk/counter/cases/<str:number>/settle/", window.settle, name="settle"),
    path("desk/counter/cases/<str:number>/supplement/", window.supplement, name="supplement"),
]

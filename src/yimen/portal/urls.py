from django.urls import path

from yimen.portal.views import applying, case, due, handing_in, home, items, lookup, mandates, space, submitting

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("items/", items.items, name="items"),
    path("items/<slug:slug>/", items.guide, name="guide"),
    path("items/<slug:slug>/apply/", applying.begin, name="begin"),
    path("apply/<str:number>/", applying.tasks, name="tasks"),
    path("apply/<str:number>/form/<int:section>/", applying.form, name="form"),
    path("apply/<str:number>/form/autosave/", applying.autosave, name="autosave"),
    path("apply/<str:number>/form/divisions/", applying.divisions, name="divisions"),
    path("apply/<str:number>/materials/", handing_in.materials, name="materials"),
    path("apply/<str:number>/materials/<str:key>/", handing_in.upload, name="upload"),
    path("apply/<str:number>/documents/<int:document>/", handing_in.document, name="document"),
    path("apply/<str:number>/documents/<int:document>/remove/", handing_in.remove, name="remove"),
    path("apply/<str:number>/check/", submitting.check, name="check"),
    path("apply/<str:number>/done/", submitting.done, name="done"),
    path("apply/<str:number>/discard/", applying.discard, name="discard"),
    path("my/", space.my, name="my"),
    path("my/cases/", space.cases, name="cases"),
    path("my/messages/", space.messages, name="messages"),
    path("my/mandates/", mandates.mandates, name="mandates"),
    path("my/mandates/new/<int:principal>/", mandates.grant, name="grant_mandate"),
    path("my/mandates/<int:mandate>/revoke/", mandates.revoke, name="revoke_mandate"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/content/", case.content, name="content"),
    path("cases/<str:number>/due.ics", case.calendar_entry, name="calendar_entry"),
    path("cases/<str:number>/supplement/", case.supplement, name="supplement"),
    path("cases/<str:number>/owed/", case.owing, name="owed"),
    path("cases/<str:number>/withdraw/", case.withdraw, name="withdraw"),
    path("query/", lookup.ask, name="lookup"),
    path("query/result/", lookup.result, name="lookup_result"),
    path("due/", due.due, name="due"),
    path("about/", home.about, name="about"),
    path("help/", home.help_page, name="help"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("privacy/", home.privacy, name="privacy"),
]

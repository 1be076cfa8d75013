from django.urls import path

from yimen.vault.views import checking, deeds, drawing, freezing, holding, issuing, kinds, presenting, using
from yimen.vault.views.importing import batch, comparing, listing

app_name = "vault"

urlpatterns = [
    path("my/licences/", holding.mine, name="mine"),
    path("my/licences/<int:pk>/", holding.licence, name="licence"),
    path("my/licences/<int:pk>.pdf", holding.pdf, name="pdf"),
    path("my/licences/<int:pk>/uses/", holding.uses, name="uses"),
    path("my/licences/<int:pk>/present/", presenting.present, name="present"),
    path("my/licences/<int:pk>/present/next/", presenting.renew, name="renew"),
    path("my/licences/<int:pk>/freeze/", freezing.freeze, name="freeze"),
    path("my/licences/<int:pk>/lift/", freezing.lift, name="lift"),
    path("desk/cases/<str:number>/licences/", using.of_case, name="of_case"),
    path("desk/licences/<int:pk>/", using.licence, name="use"),
    path("desk/licences/<int:pk>/copy/", using.copy, name="copy"),
    path("desk/issuing/", issuing.licences, name="issuing"),
    path("desk/issuing/new/", drawing.begin, name="begin"),
    path("desk/issuing/new/<str:chosen>/", drawing.draw, name="draw"),
    path("desk/issuing/<int:pk>/", issuing.issued, name="issued"),
    path("desk/issuing/<int:pk>.pdf", issuing.issued_pdf, name="issued_pdf"),
    path("desk/issuing/<int:pk>/next/", drawing.next_version, name="next_version"),
    path("desk/issuing/<int:pk>/<slug:key>/", deeds.deed, name="deed"),
    path("desk/licence-kinds/", kinds.kinds, name="kinds"),
    path("desk/licence-kinds/new/", kinds.edit_kind, name="new_kind"),
    path("desk/licence-kinds/<str:code>/", kinds.kind, name="kind"),
    path("desk/licence-kinds/<str:code>.pdf", kinds.preview, name="preview"),
    path("desk/licence-kinds/<str:code>/edit/", kinds.edit_kind, name="edit_kind"),
    path("desk/licence-kinds/<str:code>/layout/", kinds.edit_layout, name="edit_layout"),
    path("l/<str:token>", checking.check, name="check"),
    path("s/<str:code>", checking.shown, name="shown"),
    path("check-licence/", checking.ask, name="ask"),
    path("desk/licences/batches/", listing.batches, name="batches"),
    path("desk/licences/batches/new/", listing.begin, name="batch_new"),
    path("desk/licences/batches/<int:number>/", batch.batch, name="batch"),
    path("desk/licences/batches/<int:number>/progress/", batch.progress, name="batch_progress"),
    path("desk/licences/batches/<int:number>/drop/", batch.drop, name="batch_drop"),
    path("desk/licences/batches/<int:number>/resume/", batch.resume, name="batch_resume"),
    path("desk/licences/batches/<int:number>/table", batch.sent, name="batch_sent"),
    path("desk/licences/batches/<int:number>/refused.xlsx", batch.refused, name="batch_refused"),
    path("desk/licences/batches/<int:number>/sample/", comparing.draw, name="batch_draw"),
    path("desk/licences/batches/<int:number>/sample/<int:place>/", comparing.compare, name="batch_compare"),
    path("desk/licences/batches/<int:number>/sample/<int:place>/scan", comparing.scan, name="batch_scan"),
    path("desk/licences/batches/<int:number>/conclude/", comparing.conclude, name="batch_conclude"),
]

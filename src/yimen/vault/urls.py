from django.urls import path

from yimen.vault.views import checking, freezing, holding, presenting, using

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
    path("l/<str:token>", checking.check, name="check"),
    path("s/<str:code>", checking.shown, name="shown"),
    path("check-licence/", checking.ask, name="ask"),
]

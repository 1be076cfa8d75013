from django.urls import path

from yimen.identity.views import accounts, answering, keeping, mandates, merging, posts, profile, sign_up

app_name = "identity"

urlpatterns = [
    path("account/signup/", sign_up.sign_up, name="sign_up"),
    path("my/profile/", profile.profile, name="profile"),
    path("my/profile/edit", profile.edit, name="edit_profile"),
    path("desk/corrections/", answering.corrections, name="corrections"),
    path("desk/corrections/<int:number>/", answering.correction, name="correction"),
    path("desk/corrections/<int:number>/proofs/<int:proof>/", answering.correction_proof, name="correction_proof"),
    path("desk/looks/", answering.look_reports, name="look_reports"),
    path("desk/looks/<int:number>/", answering.look_report, name="look_report"),
    path("desk/mandates/new/", mandates.paper_mandate, name="paper_mandate"),
    path("desk/merges/", merging.merges, name="merges"),
    path("desk/merges/new/", merging.new_merge, name="new_merge"),
    path("desk/merges/<int:number>/", merging.merge, name="merge"),
    path("desk/admin/accounts/", accounts.accounts, name="accounts"),
    path("desk/admin/accounts/new", accounts.new_account, name="new_account"),
    path("desk/admin/accounts/<str:username>", accounts.account, name="account"),
    path("desk/admin/accounts/<str:username>/close", keeping.close, name="close_account"),
    path("desk/admin/accounts/<str:username>/reopen", keeping.reopen, name="reopen_account"),
    path("desk/admin/accounts/<str:username>/password", keeping.reset, name="reset_password"),
    path("desk/admin/accounts/<str:username>/tokens/end", keeping.end_tokens, name="end_tokens"),
    path("desk/admin/posts/<str:code>/holders", posts.holders, name="holders"),
    path("desk/admin/holdings/<int:holding>/end", posts.end, name="end_holding"),
]

from django.urls import path

from yimen.cases.forms import DOORS
from yimen.cases.views import case, commitments, doing, promises, worklist

app_name = "cases"

urlpatterns = [
    path("desk/", worklist.worklist, name="worklist"),
    path("desk/promises/", promises.promises, name="promises"),
    path("desk/commitments/", commitments.listed, name="commitments"),
    path("desk/commitments/<int:commitment>/", commitments.one, name="commitment"),
    path("desk/commitments/<int:commitment>/repair/", commitments.mend, name="repair"),
    path("desk/cases/<str:number>/", case.case, name="case"),
    path("desk/cases/<str:number>/documents/<int:document>/", case.viewer, name="viewer"),
    path("desk/cases/<str:number>/files/<int:document>/", case.file, name="file"),
    path("desk/cases/<str:number>/form-files/<slug:name>/", case.form_file, name="form_file"),
    path("desk/cases/<str:number>/documents/<int:document>/check/", case.check, name="check"),
    # One page for each verb; later rooms bring the pages of theirs.
    *(path(f"desk/cases/<str:number>/{verb}/", doing.do, {"verb": str(verb)}, name=str(verb)) for verb in DOORS),
]

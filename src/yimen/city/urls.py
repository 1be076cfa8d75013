from django.urls import path

from yimen.city.views import agencies, calendar, divisions, halls, keys, posts, revoked

app_name = "city"

urlpatterns = [
    path("desk/admin/divisions/", divisions.divisions, name="divisions"),
    path("desk/admin/divisions/new", divisions.new_division, name="first_division"),
    path("desk/admin/divisions/<str:code>", divisions.division, name="division"),
    path("desk/admin/divisions/<str:code>/new", divisions.new_division, name="new_division"),
    path("desk/admin/agencies/", agencies.agencies, name="agencies"),
    path("desk/admin/agencies/new", agencies.new_agency, name="new_agency"),
    path("desk/admin/agencies/<str:code>", agencies.agency, name="agency"),
    path("desk/admin/keys/", keys.keys, name="keys"),
    path("desk/admin/keys/<str:holder>/", keys.keys_of, name="keys_of"),
    path("desk/admin/keys/<str:holder>/<str:kind>/new", keys.rotate_key, name="rotate_key"),
    path("desk/admin/key/<str:name>/revoke", keys.revoke_key, name="revoke_key"),
    path("keys/", revoked.revoked, name="revoked"),
    path("keys/revoked.crl", revoked.certificate_list, name="crl"),
    path("keys/authority.pem", revoked.authority, name="authority"),
    path("desk/admin/halls/", halls.halls, name="halls"),
    path("desk/admin/halls/new", halls.new_hall, name="new_hall"),
    path("desk/admin/halls/<str:code>", halls.hall, name="hall"),
    path("desk/admin/halls/<str:code>/windows/new", halls.new_window, name="new_window"),
    path("desk/admin/windows/<int:window>", halls.window, name="window"),
    path("desk/admin/posts/", posts.posts, name="posts"),
    path("desk/admin/posts/new", posts.new_post, name="new_post"),
    path("desk/admin/posts/<str:code>", posts.post, name="post"),
    path("desk/admin/calendar/", calendar.this_year, name="calendar"),
    path("desk/admin/calendar/<int:year>", calendar.year, name="year"),
    path("desk/admin/calendar/<int:year>/publish", calendar.publish, name="publish"),
    path("desk/admin/calendar/day/<str:day>", calendar.day, name="day"),
]

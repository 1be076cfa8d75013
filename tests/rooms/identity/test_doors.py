"""The pages: who gets in, what they show, how many statements they cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.builders import city, identity
from tests.builders.city import AT, COUNTY, TOWN
from yimen.city import queries as places
from yimen.city.models import CalendarDay
from yimen.identity import queries
from yimen.kit.time import now

pytestmark = pytest.mark.django_db

ADMINISTRATION = (
    "city:divisions", "city:agencies", "city:new_agency", "city:halls", "city:new_hall", "city:posts", "city:new_post",
    "identity:accounts", "identity:new_account",
)  # fmt: skip


@pytest.fixture
def admin(client):
    client.force_login(identity.staff("administrator", name="管理员"))
    return client


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_the_administration_s_pages_open_for_it_alone(client, name):
    assert client.get(reverse(name)).status_code == 302

    client.force_login(identity.citizen())
    assert client.get(reverse(name)).status_code == 403

    client.force_login(identity.staff("chief"))
    assert client.get(reverse(name)).status_code == 403

    client.force_login(identity.staff("administrator"))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_the_way_in_is_open_to_everybody(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "身份证号" in page.content.decode()


def test_an_agency_is_corrected_on_its_page(admin):
    agency = city.agency()
    url = reverse("city:agency", args=[agency.code])
    form = {"name": "新名称", "department": "SJ", "division": agency.division_id, "phone": "12345"}

    assert "市场监督管理局" in admin.get(url).content.decode()
    assert admin.post(url, form).status_code == 302
    assert admin.post(url, {**form, "name": ""}).status_code == 422

    assert places.agency(agency.code).name == "新名称"


def test_a_division_is_found_renamed_and_given_a_village(admin):
    city.divisions()
    town = reverse("city:division", args=[TOWN])

    assert "梅江区" in admin.get(reverse("city:divisions")).content.decode()
    assert "江南街道" in admin.get(reverse("city:divisions"), {"q": "江南"}).content.decode()
    assert "梅龙社区居委会" in admin.get(town).content.decode()
    assert admin.post(town, {"name": ""}).status_code == 422
    assert admin.post(town, {"name": "江南新街道"}).status_code == 302
    assert places.division(TOWN).name == "江南新街道"

    new = reverse("city:new_division", args=[TOWN])
    village = {"code": f"{TOWN}077", "name": "新建社区居委会", "level": "village"}
    assert admin.get(new).status_code == 200
    assert admin.post(new, village | {"level": "county"}).status_code == 422
    assert admin.post(new, village | {"code": "44"}).status_code == 422
    assert admin.post(new, village).status_code == 302
    assert "已有这个代码" in admin.post(new, village).content.decode()
    assert places.division(f"{TOWN}077").parent.code == TOWN


def test_an_empty_register_of_divisions_begins_with_the_city(admin):
    first = reverse("city:first_division")

    assert admin.get(first).status_code == 200
    assert admin.post(first, {"code": "441400", "name": "岭东市", "level": "city"}).status_code == 302
    assert admin.post(first, {"code": "441402", "name": "梅江区", "level": "county"}).status_code == 302
    assert places.division("441402").parent.code == "441400"


def test_windows_stand_in_the_order_of_their_numbers(admin):
    hall = city.hall()
    for number in ("10", "2", "1"):
        city.window(hall, number)

    assert [each.number for each in places.windows(hall)] == ["1", "2", "10"]


def test_a_post_is_made_and_given_on_pages(admin):
    agency = city.agency()
    identity.account("lisi", "李四")

    wrong = admin.post(
        reverse("city:new_post"), {"code": "p", "name": "审查岗", "duties": ["reviewer"], "reach": "agency"}
    )
    right = admin.post(
        reverse("city:new_post"),
        {"code": "p", "name": "审查岗", "duties": ["reviewer"], "reach": "agency", "agency": agency.pk},
    )
    given = admin.post(reverse("identity:holders", args=["p"]), {"username": "lisi"})
    unknown = admin.post(reverse("identity:holders", args=["p"]), {"username": "nobody"})

    assert wrong.status_code == 422
    assert "请选择部门" in wrong.content.decode()
    assert (right.status_code, given.status_code, unknown.status_code) == (302, 302, 422)
    assert "李四" in admin.get(reverse("city:posts")).content.decode()


def test_an_open_choice_of_a_post_can_be_taken_back(admin):
    hall = city.hall()
    post = city.post("clerk", hall=hall, division=places.division(COUNTY), code="p")
    url = reverse("city:post", args=["p"])
    form = {"name": post.name, "duties": ["clerk"], "reach": "division", "division": post.division_id, "agency": "none"}

    assert "不指定" in admin.get(url).content.decode()
    assert admin.post(url, {**form, "hall": hall.pk, "window": "none"}).status_code == 302
    assert places.post("p").hall == hall
    assert admin.post(url, {**form, "hall": "none", "window": "none"}).status_code == 302
    assert places.post("p").hall is None


def test_somebody_is_taken_off_a_post_with_a_reason(admin):
    post = city.post("clerk")
    holding = identity.hold(identity.account("lisi", "李四"), post)
    url = reverse("identity:end_holding", args=[holding.pk])

    assert "李四" in admin.get(url).content.decode()
    assert admin.post(url, {"reason": ""}).status_code == 422
    assert admin.post(url, {"reason": "轮岗"}).status_code == 302
    assert queries.holders([post.pk], now()).count() == 0


def test_the_year_s_picture_leads_to_a_day_and_a_change_shows(admin):
    year, day = reverse("city:year", args=[2026]), reverse("city:day", args=["2026-08-12"])

    assert day in admin.get(year).content.decode()
    assert admin.post(day, {"working": "false", "name": "台风停工", "reason": ""}).status_code == 422
    assert admin.post(day, {"working": "false", "name": "台风停工", "reason": "岭东府〔2026〕31 号"}).status_code == 302

    assert CalendarDay.objects.get().name == "台风停工"
    assert "台风停工" in admin.get(year).content.decode()
    assert admin.post(day, {"working": "law", "reason": "撤销"}).status_code == 302
    assert CalendarDay.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/desk/admin/calendar/1800",
        "/desk/admin/calendar/day/2026-13-40",
        "/desk/admin/agencies/none",
        "/desk/admin/accounts/none",
    ],
)
def test_what_is_not_there_is_said_so(admin, address):
    assert admin.get(address).status_code == 404


def test_a_year_s_notice_is_entered_as_it_is_published(admin):
    url = reverse("city:publish", args=[2027])
    notice = {
        "off": "2027-02-06..2027-02-12 春节\n2027-10-01 国庆节",
        "on": "2027-02-14 春节",
        "source": "国办发明电〔2026〕9 号",
    }

    unread = admin.post(url, {**notice, "off": "春节放假"})
    other_year = admin.post(url, {**notice, "on": "2028-02-14"})
    entered = admin.post(url, notice)

    assert "看不懂这一行：春节放假" in unread.content.decode()
    assert (unread.status_code, other_year.status_code, entered.status_code) == (422, 422, 302)
    calendar = places.calendar()
    assert 2027 in calendar.published
    assert calendar.why(date(2027, 2, 10)) == "法定节假日：春节"
    assert calendar.is_working(date(2027, 2, 14))


def test_the_way_in_speaks_english_too(client):
    client.cookies["django_language"] = "en"

    page = client.get(reverse("account_login")).content.decode()

    assert "Citizen number, mobile number or user name" in page
    assert "身份证号、手机号" not in page


def test_an_unpublished_year_says_that_it_is_provisional(admin):
    assert "还没有公布" in admin.get(reverse("city:year", args=[2031])).content.decode()


def test_my_profile_shows_the_number_masked_and_saves_an_address(client):
    city.divisions()
    user = identity.citizen(number="441900190001010019")
    client.force_login(user)

    response = client.post(
        reverse("identity:edit_profile"),
        {
            "phone": "13900000000", "ethnicity": "汉族", "residence_address__county": COUNTY,
            "residence_address__town": TOWN, "residence_address__village": "",
            "residence_address__detail": "江南路 1 号",
        },
    )  # fmt: skip

    page = client.get(reverse("identity:profile")).content.decode()
    assert response.status_code == 302
    assert "4419***********019" in page
    assert "441900190001010019" not in page
    assert "梅江区江南街道江南路 1 号" in page


def test_a_wrong_phone_is_said_beside_the_field_and_the_rest_stays_typed(client):
    client.force_login(identity.citizen())

    response = client.post(reverse("identity:edit_profile"), {"phone": "123", "ethnicity": "畲族"})

    assert response.status_code == 422
    assert "11 位手机号码" in response.content.decode()
    assert "畲族" in response.content.decode()


def test_i_see_who_looked_at_my_data(client):
    user = identity.citizen()
    clerk = identity.actor(identity.staff("clerk"))
    queries.subject_for_staff("citizen_id", user.subject.number, by=clerk, at=AT, purpose="窗口受理食品经营许可")
    client.force_login(user)

    page = client.get(reverse("portal:looks")).content.decode()

    assert "窗口受理食品经营许可" in page


def test_who_turns_pages_in_one_minute_looked_once(client):
    user = identity.citizen()
    clerk = identity.actor(identity.staff("clerk"))
    for second, purpose in ((0, "窗口受理"), (5, "办理办件"), (9, "窗口受理"), (70, "窗口受理")):
        look = AT + timedelta(seconds=second)
        queries.subject_for_staff("citizen_id", user.subject.number, by=clerk, at=look, purpose=purpose)
    client.force_login(user)

    page = client.get(reverse("portal:looks")).content.decode()

    assert (page.count("窗口受理"), page.count("办理办件")) == (2, 1)


def test_staff_without_a_person_have_no_profile(client):
    client.force_login(identity.staff("clerk"))

    assert client.get(reverse("identity:profile")).status_code == 404


@pytest.mark.parametrize("name", ["city:agencies", "city:halls", "city:posts", "identity:accounts"])
def test_a_list_costs_the_same_with_one_row_and_with_many(admin, name, django_assert_max_num_queries):
    for place in (COUNTY, TOWN, "441403", "441402102"):
        agency = city.agency("SJ", place)
        city.hall(place)
        identity.staff(post=city.post("clerk", agency=agency))
    admin.get(reverse(name))

    with django_assert_max_num_queries(7):
        admin.get(reverse(name))


def test_a_visitor_without_a_session_costs_no_statement(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("account_login"))


def test_a_new_mobile_number_is_the_one_to_sign_in_with(client):
    user, other = identity.citizen(phone="13900000001"), identity.citizen("王芳", phone="13900000002")
    client.force_login(user)
    url = reverse("identity:edit_profile")

    taken = client.post(url, {"phone": "13900000002"})
    free = client.post(url, {"phone": "13900000003"})

    assert taken.status_code == 422
    assert "已用于其他账号" in taken.content.decode()
    assert free.status_code == 302
    assert queries.user_named("13900000003") == user
    assert queries.user_named("13900000001") is None
    assert queries.user_named("13900000002") == other

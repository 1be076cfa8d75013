"""Numbers of people, organisations, licences and cases (GB 11643, GB 32100, ISO 7064)."""

from __future__ import annotations

from datetime import date
from itertools import chain, cycle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc
from stdnum.iso7064 import mod_11_2, mod_37_36

from yimen.law import checkdigits, identifiers, passwords
from yimen.law.documents import DocumentKind, check_document
from yimen.law.identifiers import case_number, citizen_id, licence, make_case_number, make_licence_identifier, uscc
from yimen.law.verdicts import normalise

TODAY = date(2026, 11, 21)
ALPHANUMERIC = st.text(checkdigits.ALPHANUMERIC, min_size=1, max_size=40)
USCC_BODY = st.text(checkdigits.USCC_ALPHABET, min_size=17, max_size=17)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)


@st.composite
def citizen_numbers(draw):
    """A well-formed citizen number from anywhere."""
    region, sequence = draw(st.integers(110000, 839999)), draw(st.integers(1, 999))
    body = f"{region}{draw(BIRTHS):%Y%m%d}{sequence:03d}"
    return body + checkdigits.mod_11_2(body)


def test_every_shared_vector_is_met(vectors):
    told = vectors("identifiers")
    checks = {
        "citizen_id": lambda value: citizen_id(value, today=TODAY),
        "uscc": uscc,
        "licence_identifier": licence,
        "case_number": case_number,
    }

    for name, check in checks.items():
        refused = [each["value"] if isinstance(each, dict) else each for each in told[name]["invalid"]]
        assert [check(value).code for value in told[name]["valid"]] == ["ok"] * len(told[name]["valid"])
        assert [value for value in refused if check(value).valid] == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("11010519491231002X", "ok"),
        ("110105194912310021", "wrong_check"),
        ("110105194902310023", "wrong_date"),
        ("441900190002290016", "wrong_date"),  # 1900 was not a leap year
        ("441900299901010013", "future_date"),
        ("1101051949123100", "wrong_length"),
        ("11010519491231002x", "not_normalised"),
        ("1101051949123100２X", "wrong_characters"),  # a full-width digit
        ("", "wrong_length"),
    ],
)
def test_a_wrong_citizen_number_says_what_is_wrong(value, code):
    verdict = citizen_id(value, today=TODAY)

    assert verdict.code == code
    assert bool(verdict) is verdict.valid is (code == "ok")
    assert bool(verdict.why) is not verdict.valid


def test_what_a_person_types_is_put_right_first():
    typed = " 11010519491231002x "

    assert citizen_id(typed, today=TODAY).code == "not_normalised"
    assert citizen_id(typed, today=TODAY).value == "11010519491231002X"
    assert citizen_id(normalise(typed), today=TODAY).valid


def test_a_citizen_born_today_is_valid_and_one_born_tomorrow_is_not():
    body = "44190020261121001"
    number = body + checkdigits.mod_11_2(body)

    assert citizen_id(number, today=TODAY).valid
    assert citizen_id(number, today=date(2026, 11, 20)).code == "future_date"


def test_a_citizen_number_tells_birth_and_gender():
    assert identifiers.birth_date("11010519491231002X") == date(1949, 12, 31)
    assert identifiers.gender("11010519491231002X").label == "女"
    assert identifiers.gender("441900190001010019").label == "男"


@given(citizen_numbers(), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_mistyped_digit_in_a_citizen_number_is_always_found(number, place, digit):
    assume(number[place] != digit)

    assert citizen_id(number, today=TODAY).valid
    assert not citizen_id(number[:place] + digit + number[place + 1 :], today=TODAY).valid


@given(citizen_numbers())
def test_the_citizen_check_character_agrees_with_stdnum(number):
    assert ric.calc_check_digit(number) == number[17] == mod_11_2.calc_check_digit(number[:17])


@given(USCC_BODY)
def test_the_uscc_check_character_agrees_with_stdnum(body):
    assert checkdigits.mod_31_3(body) == stdnum_uscc.calc_check_digit(body)
    assert uscc(body + checkdigits.mod_31_3(body)).valid


@given(USCC_BODY, st.integers(0, 16), st.sampled_from(checkdigits.USCC_ALPHABET))
def test_one_mistyped_character_in_a_uscc_is_always_found(body, place, character):
    assume(body[place] != character)
    check = checkdigits.mod_31_3(body)

    assert uscc(body[:place] + character + body[place + 1 :] + check).code == "wrong_check"


@given(ALPHANUMERIC)
def test_the_hybrid_check_character_agrees_with_stdnum(body):
    assert checkdigits.mod_37_36(body) == mod_37_36.calc_check_digit(body)


def test_the_organisation_code_inside_a_uscc_has_a_check_character_of_its_own():
    assert checkdigits.organisation_check("M000100Y") == "4"


def test_a_character_outside_the_alphabet_has_no_check_character():
    with pytest.raises(ValueError, match="not in the alphabet"):
        checkdigits.mod_31_3("O" * 17)


@given(
    st.integers(110000, 659999).map(str),
    st.dates(date(2004, 1, 1), date(2099, 12, 31)),
    st.sampled_from(sorted(identifiers.CHANNEL_CODES)),
    st.integers(0, 9_999_999),
)
def test_a_case_number_that_was_made_is_valid(region, day, channel, sequence):
    number = make_case_number(region, day, channel, sequence)

    assert len(number) == 23
    assert case_number(number).valid


def test_the_first_online_case_of_the_day_has_this_number():
    assert make_case_number("441900", date(2026, 11, 21), "web", 1) == "4419002026112110000001G"
    assert make_case_number("411104", date(2026, 9, 30), "window", 123456) == "4111042026093000123456X"


@pytest.mark.parametrize(
    ("region", "channel", "sequence"),
    [("4419", "web", 1), ("441900", "fax", 1), ("441900", "web", 10_000_000), ("441900", "web", -1)],
)
def test_a_case_number_is_not_made_of_wrong_parts(region, channel, sequence):
    with pytest.raises(ValueError, match="办件编号由"):
        make_case_number(region, date(2026, 11, 21), channel, sequence)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("4419002026113110000001G", "wrong_date"),
        ("441900202611211000000A1", "wrong_characters"),
        ("44190020261121100000010", "wrong_check"),
        ("4419002026112110000001", "wrong_length"),
        (" 4419002026112110000001G", "not_normalised"),
    ],
)
def test_a_wrong_case_number_says_what_is_wrong(value, code):
    assert case_number(value).code == code


def test_a_licence_identifier_is_made_as_the_real_ones_are():
    made = make_licence_identifier("11100000000013338W011", "11430000006122244L", "20230000403", 1)

    assert made == "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"


def test_an_underscore_in_a_serial_is_passed_over_by_the_check_character():
    assert licence("1.2.156.3005.2.062301.1101101102.0624_001.001.U").valid


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.2.156.3005.3.A.B.C.001.0", "wrong_root"),
        ("1.2.156.3005.2.A.B.C.001", "wrong_parts"),
        ("1.2.156.3005.2.A.B..001.0", "wrong_characters"),
        ("1.2.156.3005.2.A.B.C.1.0", "wrong_version"),
        ("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.V", "wrong_check"),
        ("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.UU", "wrong_check"),
    ],
)
def test_a_wrong_licence_identifier_says_what_is_wrong(value, code):
    assert licence(value).code == code


def test_a_licence_identifier_is_not_made_of_wrong_parts():
    with pytest.raises(ValueError, match="各段只能使用"):
        make_licence_identifier("11100000000013338W011", "11430000006122244l", "1", 1)


@pytest.mark.parametrize("version", [0, 1000])
def test_a_licence_has_a_version_from_1_to_999(version):
    with pytest.raises(ValueError, match="版本号"):
        make_licence_identifier("11100000000013338W011", "11430000006122244L", "1", version)


@given(st.text(max_size=40))
def test_no_text_whatever_makes_a_check_fail_otherwise_than_in_words(text):
    kinds = [check_document(kind, text, today=TODAY) for kind in DocumentKind]

    assert all(verdict.valid or verdict.why for verdict in [*kinds, case_number(text), licence(text)])


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (DocumentKind.PASSPORT, "E12345678", "ok"),
        (DocumentKind.PASSPORT, "E1", "wrong_shape"),
        (DocumentKind.HK_MACAO_PERMIT, "H12345678", "ok"),
        (DocumentKind.HK_MACAO_PERMIT, "M1234567890", "ok"),
        (DocumentKind.HK_MACAO_PERMIT, "X12345678", "wrong_shape"),
        (DocumentKind.TAIWAN_PERMIT, "12345678", "ok"),
        (DocumentKind.TAIWAN_PERMIT, "1234567", "wrong_shape"),
        (DocumentKind.FOREIGN_RESIDENT, "ABC123456789012", "ok"),
        (DocumentKind.FOREIGN_RESIDENT, "ABCD12345678901", "wrong_shape"),
        (DocumentKind.OTHER, "粤军字第12号", "ok"),
        (DocumentKind.OTHER, "", "wrong_shape"),
        (DocumentKind.CITIZEN_ID, "11010519491231002X", "ok"),
        (DocumentKind.USCC, "91350100M000100Y43", "ok"),
        (DocumentKind.RESIDENCE_PERMIT_HMT, "11010519491231002X", "wrong_prefix"),
    ],
)
def test_each_kind_of_document_has_its_shape(kind, value, code):
    assert check_document(kind, value, today=TODAY).code == code


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_a_residence_permit_is_shaped_like_a_citizen_number_of_a_region_of_its_own(region):
    body = f"{region}19000101001"

    verdict = check_document(DocumentKind.RESIDENCE_PERMIT_HMT, body + checkdigits.mod_11_2(body), today=TODAY)

    assert verdict.valid


@pytest.mark.parametrize(
    ("born", "shift", "code"),
    [
        ("19000101", 0, "ok"),
        ("19000101", 1, "wrong_check"),
        ("19001301", 0, "wrong_date"),
        ("20990101", 0, "wrong_date"),
    ],
)
def test_the_foreign_residents_new_card_carries_a_date_and_a_check_character(born, shift, code):
    body = f"911840{born}001"
    check = "0123456789X"["0123456789X".index(checkdigits.mod_11_2(body)) - shift]

    assert check_document(DocumentKind.FOREIGN_RESIDENT, body + check, today=TODAY).code == code


@pytest.mark.parametrize("code", ["000000", "121212", "123123", "112233", "123456", "654321", "890123", "777888"])
def test_a_password_that_people_try_first_is_trivial(code):
    assert passwords.is_trivial(code)


def test_trivial_passwords_are_passed_over():
    drawn = [1, 2, 3, 4, 5, 6] + [7] * 6 + [4, 1, 9, 0, 7, 2]

    assert passwords.query_password(drawn) == "419072"


@given(st.lists(st.integers(0, 9), min_size=6, max_size=60))
def test_a_password_that_is_drawn_is_six_digits_and_not_trivial(digits):
    password = passwords.query_password(chain(digits, cycle([4, 1, 9, 0, 7, 2])))

    assert passwords.is_query_password(password)
    assert not passwords.is_trivial(password)


def test_too_little_chance_is_refused():
    with pytest.raises(ValueError, match="随机数字不足"):
        passwords.query_password([1, 1, 1, 1, 1, 1, 2])


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "１２３４５６"])
def test_a_query_password_is_six_ascii_digits(code):
    assert not passwords.is_query_password(code)

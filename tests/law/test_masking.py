"""What may be shown of personal values (个人信息保护法 51, GB/T 35273)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.masking import mask_address, mask_name, mask_number, mask_numbers_in, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳锋", "欧阳*"),
        ("欧阳小锋", "欧阳*锋"),
        ("欧阳", "欧*"),
        ("阿卜杜拉", "阿**拉"),
        ("买买提·艾力", "买****"),
        ("Smith", "S****"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_a_name_shows_the_surname_and_at_most_the_last_character(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("441900190001010123", "4419***********123"),
        ("E12345678", "E1*****78"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_number_shows_its_ends(number, shown):
    assert mask_number(number) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), ("0769-22223333", "*********3333"), ("12345", "*****"), ("", "")],
)
def test_a_phone_number_shows_its_ends(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("广东省岭东市城东区河口镇人民路12号3栋501房", "广东省岭东市城东区河口镇****"),
        ("岭东市东华街道解放路8号", "岭东市东华街道****"),
        ("岭东市城东区解放路8号", "岭东市城东区****"),
        ("解放路8号", "****"),
        ("", ""),
    ],
)
def test_an_address_shows_the_town_or_failing_that_the_county(address, shown):
    assert mask_address(address) == shown


@given(st.text("0123456789X", min_size=18, max_size=18))
def test_a_birth_date_never_shows(number):
    assert mask_number(number)[6:14] == "********"


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_a_masked_number_keeps_its_length_and_hides_at_least_a_part(number):
    shown = mask_number(number)

    assert len(shown) == len(number)
    assert "*" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("441402190503120010", "4414***********010"),
        ("王芳 44140219050312001X；441402190503120010", "王芳 4414***********01X；4414***********010"),
        ("统一社会信用代码 91441402MA4X00012T", "统一社会信用代码 91441402MA4X00012T"),
        ("4414002026091510000004U，123456789012345678", "4414002026091510000004U，123456789012345678"),
        ("", ""),
    ],
)  # fmt: skip
def test_citizen_numbers_in_a_text_are_masked_and_nothing_else(text, shown):
    assert mask_numbers_in(text) == shown

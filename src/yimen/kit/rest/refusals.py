"""What the API's door itself refuses, before any room is asked."""

from __future__ import annotations

from yimen.kit.errors import Forbidden, NotFound, Refusal


class MalformedBody(Refusal):
    code = "malformed_body"
    sentence = "请求内容无法解析，请检查 JSON 格式和字符编码（UTF-8）。"
    status = 400


class BadCharacters(Refusal):
    code = "bad_characters"
    sentence = "地址或者参数中含有不能使用的字符。"
    status = 400


class NoSuchRoute(NotFound):
    code = "no_such_route"
    sentence = "没有这个接口，请核对地址。"


class WrongMethod(Refusal):
    code = "wrong_method"
    sentence = "这个接口不能用 {method} 方法，可以使用：{allowed}。"
    status = 405


class TooLarge(Refusal):
    code = "too_large"
    sentence = "请求内容过大，文件不超过 {limit_mb} MB。"
    status = 413


class BadToken(Refusal):
    code = "bad_token"
    sentence = "访问令牌无效或者已经过期，请重新获取。"
    status = 401


class CsrfFailed(Forbidden):
    code = "csrf_failed"
    sentence = "页面已经过期，请刷新后再试；程序访问请使用访问令牌。"

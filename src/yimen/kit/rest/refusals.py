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


class WrongAccept(Refusal):
    code = "wrong_accept"
    sentence = "这个接口的回答是 {gives}，与请求头 Accept 的要求不符。"
    status = 406


class UnknownKind(Refusal):
    code = "unknown_kind"
    sentence = "请求内容的类型（Content-Type）不对，这个接口接受：{takes}。"
    status = 415


class BadRequest(Refusal):
    code = "bad_request"
    sentence = "请求有误，无法处理。"
    status = 400


class Crashed(Refusal):
    code = "internal_error"
    sentence = "系统出现故障，这次操作没有完成，也没有留下一半的结果。故障已经记录，请稍后再试。"
    status = 500

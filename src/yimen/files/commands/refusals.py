"""Why a file is not taken."""

from __future__ import annotations

from yimen.kit.errors import Refusal


class TooBig(Refusal):
    code = "file_too_big"
    sentence = "文件超过 {limit_mb} MB，请压缩或拆分后再上传。"
    status = 413


class EmptyFile(Refusal):
    code = "file_empty"
    sentence = "文件是空的，请检查后重新上传。"
    status = 422


class UnknownType(Refusal):
    code = "file_type_unknown"
    sentence = "不支持这种文件。请上传 PDF、JPG、PNG、Word、Excel 或 OFD 文件。"
    status = 422


class BrokenFile(Refusal):
    code = "file_broken"
    sentence = "文件不完整或已损坏，请重新生成后上传。"
    status = 422


class RunsByItself(Refusal):
    code = "file_runs_by_itself"
    sentence = "PDF 里有打开时会自动运行的脚本或者程序，不能接收。请用“打印为 PDF”重新生成后上传。"
    status = 422


class HasMacros(Refusal):
    code = "file_has_macros"
    sentence = "文件含有宏或加密内容，请另存为不含宏、不加密的文件（或 PDF）后上传。"
    status = 422

"""The words of a text: one script, one width, jieba's words and pairs of characters, without the words of asking."""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from collections.abc import Iterator

import jieba
import opencc

jieba.setLogLevel(logging.WARNING)

RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
# A pair of neighbours counts less than a word, a single character least: 药店 and 药品 share one.
WORD, PAIR, SINGLE = 1.0, 0.55, 0.12
# What opencc leaves, because it is a word of its own there.
OTHER_SPELLINGS = {"身分证": "身份证", "身份証": "身份证", "佈": "布", "証": "证", "爲": "为"}
# What questions are made of; it says nothing about what is asked for.
ASKED = """
    请问 你好 您好 我想 我要 想要 需要 想问 咨询 怎么办理 怎么办 怎么弄 怎么搞 怎么样 怎么 怎样 如何 咋办 咋弄
    咋 什么手续 什么材料 什么条件 什么证件 什么流程 什么 啥 哪里办 哪里 哪儿 哪些 哪个 多少钱 多少 多久 几天
    可以吗 可不可以 可以 能不能 能否 是否 是不是 要不要 需不需要 吗 呢 吧 啊 么 呀 的话 手续 流程 有没有 一下
    一个 一家 一张 一块 这个 那个 这里 那里 我们 我家 我 你 您 他 她 它
"""
ASKING = re.compile("|".join(sorted(ASKED.split(), key=len, reverse=True)))
NOTHING = """
    的 了 吗 呢 吧 啊 么 我 我们 你 他 她 它 想 要 需要 怎么 如何 什么 哪里 多少 多久 可以 能 是否 是 在 到 去
    来 把 被 让 给 和 与 或 及 以及 这里 那里 这个 那个 有 没有 后 前 时 请问 办 办理 手续 申请 事项 材料 相关
    应当 应 须 为 由 对 等 不 个 家 上 下 自己 现在 已经 还 也 都 就 才 刚 刚刚 得 着 过 地 之 其 此 该 于 以 从
    并 且 而 但 如 若 则 因 所 每 各 某 会 用 做 弄 搞 带
"""
EMPTY = frozenset(NOTHING.split())


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    """Simplified characters, half width, small letters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    if not folded.isascii():
        folded = _converter().convert(folded)
        for other, usual in OTHER_SPELLINGS.items():
            folded = folded.replace(other, usual)
    return folded


def core(text: str) -> str:
    """A plain question without the words of asking; the question itself where nothing else is left."""
    return " ".join(ASKING.sub(" ", text).split()) or text


def tokens(text: str) -> Iterator[tuple[str, float]]:
    """The tokens of a plain text, weighted; pairs and single characters marked, so as not to pass for words."""
    for run in RUN.findall(text):
        for word in jieba.cut_for_search(run):
            if word not in EMPTY and (len(word) > 1 or run == word):
                yield word, WORD
        if not run.isascii():
            yield from ((f"_{run[at : at + 2]}", PAIR) for at in range(len(run) - 1) if run[at + 1] not in EMPTY)
            yield from ((f"_{each}", SINGLE) for each in run if each not in EMPTY)

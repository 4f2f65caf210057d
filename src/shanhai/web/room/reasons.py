"""Why a passage was set apart, in Chinese: reading tells its reasons in English."""

import re

from shanhai.web.room.words import in_chinese

_ZH = {
    "breadcrumb": "所在位置导航",
    "button or tool of the page": "页面按钮或工具",
    "editor line": "编辑署名",
    "how often the page was read": "阅读次数",
    "imprint of the site": "网站版权信息",
    "keyword line": "关键词行",
    "link to another page": "指向其他网页的链接",
    "notice about rights and liability": "版权与免责声明",
    "page number": "页码",
    "source, date or author": "来源、日期或作者",
    "to whom a brief was sent": "简报发送范围",
    "web address": "网址",
    "stands on the page before": "上一页已有",
    "the title again": "标题重复",
    "hidden by the page's markup": "网页中设为不显示",
    "navigation in the page's markup": "网页导航",
    "after the end of the article": "在正文结束之后",
    "headline of another page": "其他网页的标题",
    "not in the page's script": "与全文所用文字不同",
    "after the last paragraph": "在最后一段之后",
    "the first line of the page": "网页首行",
    "made of links": "由链接组成",
    "a list of many short items": "许多短词并列",
    "a list of short items": "短词并列",
    "items set apart by bars": "用竖线分隔的词",
    "titles in a row": "标题连排",
    "one word in most items": "各项反复出现同一词",
    "one word in most items that the page does not have": "各项反复出现正文没有的词",
    "worded as searches are": "像搜索用语",
    "letters and numbers run into words": "字母数字与词语连写",
    "names no subject of the field": "未涉及帮扶工作",
    "places that the page does not name": "正文未提到的地名",
    "no sentence": "不成句",
    "commas unlike the page's": "逗号与全文不同",
    "gives a way to reach the advertiser": "留有广告联系方式",
    "asks the reader to act": "招揽读者",
    "decorated": "带装饰符号",
}
_FOREIGN = re.compile(r"(\d+%) of its words foreign to the page")
_ON = ", carried on"


def reason_of(told: str) -> str:
    """The reasons of a passage in the reader's language; one that is not known here stays as it is told."""
    return "；".join(_chinese(one) for one in told.split("; ")) if in_chinese() else told


def _chinese(told: str) -> str:
    if match := _FOREIGN.fullmatch(told):
        return f"{match[1]}的词与全文无关"
    if told.endswith(_ON):
        return f"{_chinese(told.removesuffix(_ON))}（续）"
    return _ZH.get(told, told)

"""HTML pages to measure on: the report texts dressed as news pages of one size, with what such pages carry."""

import re
from dataclasses import dataclass
from html import escape
from itertools import cycle, islice

from bench.corpus import TO_TRADITIONAL, Text, prose, seeds, traditional

SIZE = 16_500
"""Bytes of a page."""

_CHARSETS = ("utf-8", "gb18030", "utf-8", "utf-8", "gb18030", "utf-8", "utf-8", "gb18030", "utf-8", "utf-8")
_CHANNELS = (
    "首页", "要闻", "时政", "援藏", "援疆", "援青", "东西部协作", "定点帮扶", "乡村振兴", "教育",
    "医疗", "产业", "文旅", "图片", "视频", "专题", "数据", "公告", "关于我们",
)  # fmt: skip
_SHARED = ("微信", "微博", "空间", "复制链接", "打印", "收藏", "字号大", "字号中", "字号小")
_HEADLINES = (
    "全省乡村振兴现场推进会召开", "驻村第一书记的一天：从田间到云端", "两地签署新一轮协作框架协议", "组团式帮扶让大山里的孩子看见更大的世界",
    "2023年全国两会特别报道", "高原上的白衣天使", "牦牛产业走出雪域", "图说：春天里的援藏新村", "县委常委会传达学习重要讲话精神",
    "第六届旅游文化节开幕", "专家服务团深入牧区义诊", "让非遗绣出好日子", "消费帮扶专区上线，特产直达餐桌", "冬小麦返青，农技人员下田指导",
    "我市12项民生实事完成进度公布", "东西部劳务协作专场招聘会举行", "一位援疆教师的来信", "视频：俯瞰新落成的人民医院",
    "生态护林员守护绿水青山", "关于公布年度先进集体的通知", "党建引领聚合力", "光伏板下种出金银花", "“小饼干”烤出大产业",
    "记者手记：在那遥远的地方",
)  # fmt: skip
"""What the lists of other news hold."""
_FOOTER = (
    "主办：对口支援工作办公室　承办：信息中心　技术支持：融媒体中心",
    "版权所有 未经书面授权不得转载或建立镜像",
    "示例备00000000号-1　公安备案00000000000000号　网站标识码0000000000",
    "联系电话：000-00000000　邮箱：office@example.org　地址：示例路1号",
)
_STYLE = (
    "body{margin:0;font:16px/1.8 'Microsoft YaHei',SimSun,sans-serif;color:#333}a{color:#1a5fb4;text-decoration:none}"
    ".nav li{display:inline-block;padding:0 12px}.art p{text-indent:2em;margin:0 0 1em}.side{float:right;width:300px}"
    ".foot{clear:both;font-size:12px;color:#888;text-align:center}.n{color:#c00;font-weight:bold}"
)
_SCRIPT = (
    "(function(){var d=document,s=d.getElementsByTagName('script')[0],t=d.createElement('script');t.async=true;"
    "t.src='//stat.example.org/h.js?id=20230801';s.parentNode.insertBefore(t,s);})();var size=[14,16,18];"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HEADLINE = re.compile(r"[^\s>|：:]{10,36}")


@dataclass(frozen=True)
class Page:
    """One page: a name, the bytes as a server sends them, the charset that they are in and name themselves."""

    name: str
    data: bytes
    charset: str


def pages(count: int = 40) -> list[Page]:
    """The first ``count`` pages, each of about ``SIZE`` bytes; three of ten are in GB18030."""
    wanted = islice(zip(cycle([*seeds().texts, *prose().texts]), cycle(_CHARSETS), strict=False), count)
    return [_page(number, text, charset) for number, (text, charset) in enumerate(wanted)]


def _page(number: int, text: Text, charset: str) -> Page:
    """The page in one script, with a list of links that fills it up to ``SIZE``."""
    scripted = TO_TRADITIONAL if traditional(text.text) else str
    head, foot = scripted(_head(text, charset)), scripted(_foot())
    article = f'<div class="art">\n{_article(number, text)}\n</div></div>\n'
    size = len((head + article + foot).encode(charset))
    links: list[str] = []
    for n, headline in enumerate(islice(cycle(_HEADLINES), number, None)):
        address = f"/c/2023-0{n % 9 + 1}/{n % 28 + 1:02}/content_{number:03}{n:03}.htm"
        link = f'<li><a href="{address}" target="_blank">{scripted(headline)}</a></li>\n'
        size += len(link.encode(charset))
        if size > SIZE:
            break
        links.append(link)
    side = f'<div class="side"><h3>{scripted("相关新闻")}</h3><ul>\n{"".join(links)}</ul></div>\n'
    return Page(f"{number:02}-{text.name}.html", (head + article + side + foot).encode(charset), charset)


def _head(text: Text, charset: str) -> str:
    title = _title(text)
    channels = "".join(f'<li><a href="/channel/{i}/">{name}</a></li>' for i, name in enumerate(_CHANNELS))
    shared = "".join(f'<a href="javascript:;" class="s{i}">{name}</a> ' for i, name in enumerate(_SHARED))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}_示例新闻网</title>\n'
        f'<meta name="description" content="{title}"><style>{_STYLE}</style><script>{_SCRIPT}</script></head>\n'
        f'<body><div class="nav"><ul>{channels}</ul></div><div class="path">当前位置：<a href="/">首页</a> &gt; '
        f'<a href="/yz/">对口支援</a> &gt; 正文</div>\n<div class="main"><h1>{title}</h1><div class="info">'
        f"<span>2023-08-01 09:12</span> <span>来源：示例新闻网</span> {shared}</div>\n"
    )


def _article(number: int, text: Text) -> str:
    """The paragraphs; on two pages of three the numbers stand in elements of their own."""
    around = (
        r"\g<0>",
        r'<span class="n">\g<0></span>',
        r'<span lang="EN-US" style="font-size:16px">\g<0></span>',
    )
    lines = (escape(line.strip()) for line in text.text.splitlines() if line.strip())
    return "\n".join(f"<p>{_NUMBER.sub(around[number % 3], line)}</p>" for line in lines)


def _foot() -> str:
    lines = "".join(f"<p>{line}</p>" for line in _FOOTER)
    edited = "<div>责任编辑：示例　【打印】【关闭】</div>"
    return f'<div class="foot">{edited}{lines}</div><script>{_SCRIPT}</script></body></html>\n'


def _title(text: Text) -> str:
    """The first line that could be a headline."""
    lines = (line.strip() for line in text.text.splitlines())
    return next((escape(line) for line in lines if _HEADLINE.fullmatch(line)), "对口支援工作回眸")

"""How much a decoded text looks like Chinese that someone wrote: the judge between charsets.

Bytes of one charset often decode without a single error in another, so the decoder's silence proves
nothing. What tells them apart is how often the commonest characters come up: 80 in 100 in real reports,
under 10 in misread ones.
"""

import re
import unicodedata
from functools import cache

_COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事"
    "成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此"
    "已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代"
    "内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安"
    "少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光"
    "放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔笑步"
    "改收根干造言联持组每济车亲极林服快办议往元英士证近失转夫令准布始怎呢存未远叫台单影具罗字爱击流备兵连调深商算质团集百"
    "需价花党华城石级整府离况亚请技际约示复病息究线似官火断精满支视消越器容照须九增研写称企八功吗包片史委乎查轻易早曾除农"
    "找装广显吧阿李标谈吃图念六引历首医局突专费号尽另周较注语仅考落青随选列武红响虽推势参希古众构房半节土投某案黑维革划敌"
    "致陈律足态护七兴派孩验责营星够章音跟志底站严巴例防族供效续施留讲型料终答紧黄绝奇察母京段依批群项故按河米围江织害斗双"
    "境客纪采举杀攻父苏密低朝友诉止细愿千值仍男钱破网热助倒育属坐帮扶贫县乡村镇省州藏脱振产援携协作培训居牧户亿余项"
    "這個們來爲國說時會對於過發後裏種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內給門兒東聲員論處"
    "義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運筆乾聯組"
    "濟車親極辦議證轉準遠臺單羅愛擊備連調質團價黨華級離況亞請際約覆線斷滿視須寫稱嗎輕農裝廣顯標談圖歷醫專費號盡較語僅隨選"
    "紅響雖勢參衆眾構節維劃敵陳態護興驗責營夠嚴續講終緊黃絕羣項圍織鬥雙紀採舉殺蘇訴細願錢網熱屬幫貧縣鄉鎮脫攜協訓戶億餘為著裡"
)
_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·　％"
_UNSCORED = re.compile(r"[\t\n\r\f -~]+")
_RANGES = (  # first and last character, weight
    ("\uff01", "\uff5e", 0.5),
    ("\u4e00", "\u9fff", -0.3),
    ("\u00a0", "\u024f", 0.0),
    ("\u2010", "\u2027", 0.2),
    ("\u2150", "\u266f", 0.0),
)
_BY_CATEGORY = {"Cc": -2.0, "Cs": -2.0, "Co": -2.0, "Cn": -2.0}
SCORED = 1_500
"""Characters outside ASCII that are looked at; more do not change the verdict."""


class _Weights(dict[str, float]):
    """The weight of each character, worked out when first met."""

    def __missing__(self, char: str) -> float:
        weight = next((w for first, last, w in _RANGES if first <= char <= last), None)
        if weight is None:
            weight = _BY_CATEGORY.get(unicodedata.category(char), -0.1)
        self[char] = weight
        return weight


@cache
def _weights() -> _Weights:
    weights = _Weights()
    for lead in range(0xB0, 0xD8):  # level 1 of GB 2312: the 3,755 characters in frequent use
        for char in bytes(b for trail in range(0xA1, 0xFF) for b in (lead, trail)).decode("gb2312", "ignore"):
            weights[char] = 0.3
    for lead in range(0xA4, 0xC6):  # most of level 1 of Big5, which has the same purpose
        for char in bytes(b for trail in range(0xA1, 0xFF) for b in (lead, trail)).decode("big5", "ignore"):
            weights[char] = 0.3
    weights |= dict.fromkeys(_PUNCTUATION, 0.5)
    weights |= dict.fromkeys(_COMMON, 1.0)
    weights["\ufffd"] = -3.0
    return weights


def plausibility(text: str) -> float:
    """The mean weight of the characters of ``text`` outside ASCII, from −3 (all lost) to 1; 0 for ASCII.

    Good Chinese lies above 0.5, misread Chinese below 0.2, other scripts near 0, and binary data below −0.3.
    """
    chars = _UNSCORED.sub("", text[: 64 * SCORED])[:SCORED]
    if not chars:
        return 0.0
    weights = _weights()
    return sum(map(weights.__getitem__, chars)) / len(chars)

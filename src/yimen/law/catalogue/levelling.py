"""A text levelled for the words that are looked for: one script, one width, no blanks; places lead back to the text.

What stands in 《》 is the name of another paper: it is masked, unless it is all there is. Rule in words:
docs/rules/catalogue.md
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .finding import Span

MASK = "\ue000"
_NAMED = re.compile(r"(?<=《)[^《》]+(?=》)")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2e80-\u2fdf\uf900-\ufaff]")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
# Traditional characters that occur in papers of administration, as written on the mainland.
_TRADITIONAL = (
    "證証請門條辦會備發號覈業縣設務電書戶記規營單場機許資項碼區經審領關鎮國產諾準監級結聯數時構郵實執與醫據質劃員檢內東責個權稱體報殘負類爲為驗網計現嗎華衛費動嶺銷寫統標補專環開繳編須積"
    "於見學過長護應後話綜廣參運術沒組評滿崗況圖測築藥療織險離則稅決寧處認總當無變車興並冊點別輸賣親鄉順託說説預貼雙對進銀農換豐遠達煙職範佈憑裝復選錄異羣舊優養狀間屬麼層確遷續汙兒賬籤臨"
    "隊臺從衆眾題種佔簡態賃齊隨紙轉導兩線飲檔價讓還萬獨輛訂圍議難歲僅約響額財這師協徵傳撫勞識樣貨擬帶細適節絡廢駛採庫誤創婦聞輪聲聽來階駕撥調給債擇廠幾詢賦論視試載風籌靜際噸斷屆濟診館終"
    "諮歷龍裏裡掛納搶壞購喪暫倉願誰舉買問鑑習牀氣邊顯涼葉熱傷薦徑壓蓋較損儲綠詳遺語維頭貫馬壢羅減寬擴償淨藝違畢緣輔虛陽黃隱縮頁嬰櫃軍娛樂繪駐遞鋪罰錯匯棄飯丟訓訴撐廳軟壩僑榮藍錦繡齡貸黨"
    "欄鮮緊連攝遊讀將饋貿凍喫園嚴鍋爐懷穩擔廚礙橫頂夠盡夥粵團雲輕閉賠紅頒儀瞞錢張餘賓顧潔陳陰鎖疊釀攤販卻飾雜飽樓幣擁億觀獲贈繕礎毀塗鉤鈎澱糞漁牆蠅衝擺盤淺紋績綿繼腦鍾詞掃幹乾強譽"
)
_SIMPLIFIED = (
    "证证请门条办会备发号核业县设务电书户记规营单场机许资项码区经审领关镇国产诺准监级结联数时构邮实执与医据质划员检内东责个权称体报残负类为为验网计现吗华卫费动岭销写统标补专环开缴编须积"
    "于见学过长护应后话综广参运术没组评满岗况图测筑药疗织险离则税决宁处认总当无变车兴并册点别输卖亲乡顺托说说预贴双对进银农换丰远达烟职范布凭装复选录异群旧优养状间属么层确迁续污儿账签临"
    "队台从众众题种占简态赁齐随纸转导两线饮档价让还万独辆订围议难岁仅约响额财这师协征传抚劳识样货拟带细适节络废驶采库误创妇闻轮声听来阶驾拨调给债择厂几询赋论视试载风筹静际吨断届济诊馆终"
    "咨历龙里里挂纳抢坏购丧暂仓愿谁举买问鉴习床气边显凉叶热伤荐径压盖较损储绿详遗语维头贯马坜罗减宽扩偿净艺违毕缘辅虚阳黄隐缩页婴柜军娱乐绘驻递铺罚错汇弃饭丢训诉撑厅软坝侨荣蓝锦绣龄贷党"
    "栏鲜紧连摄游读将馈贸冻吃园严锅炉怀稳担厨碍横顶够尽伙粤团云轻闭赔红颁仪瞒钱张余宾顾洁陈阴锁叠酿摊贩却饰杂饱楼币拥亿观获赠缮础毁涂钩钩淀粪渔墙蝇冲摆盘浅纹绩绵继脑钟词扫干干强誉"
)
_SCRIPT = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
_TABLE = str.maketrans(_SCRIPT)


@dataclass(frozen=True, slots=True)
class Level:
    """plain: what is searched; at: of each of its characters the place in the text, None where they are the same."""

    plain: str
    at: tuple[int, ...] | None

    def span(self, begin: int, end: int) -> Span:
        """Where a piece of the plain text stands in the text."""
        return (begin, end) if self.at is None else (self.at[begin], self.at[end - 1] + 1)


def levelled(text: str, *, masked: bool = True) -> Level:
    """The text as it is searched. masked: without the names of other papers."""
    simple = text.translate(_TABLE)
    if _WIDE.search(simple):
        simple = _WIDE.sub(_narrow, simple)
    places = None
    if _BLANK.search(simple):
        places = tuple(at for at, each in enumerate(simple) if not _BLANK.match(each))
        simple = "".join(simple[at] for at in places)
    return Level(_masked(simple) if masked else simple, places)


def _narrow(wide: re.Match[str]) -> str:
    """A letter, digit or radical in its usual form; one stays one, so that places stay."""
    usual = unicodedata.normalize("NFKC", wide.group())
    return usual.translate(_TABLE) if len(usual) == 1 else wide.group()


def _masked(text: str) -> str:
    found = _NAMED.search(text)
    if found is None or found.span() == (1, len(text) - 1):
        return text
    return _NAMED.sub(lambda each: MASK * len(each.group()), text)

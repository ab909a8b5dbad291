"""Promises that research cannot keep: success, approval, profit (民法典 851, 858)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, denied
from ..findings import Hit
from ..kinds import Recognised

SURE = "(?:保证|确保|担保|承诺|保障|必定|必然|一定|务必|绝对|百分之百|百分百|100%|力保|誓保|负责保证)"
PASSED = "(?:验收|评审|评估|鉴定|审批|审查|立项|认定|答辩|注册审评|认证|审核|审定)"
GOAL = (
    "(?:(?:研究|研发|开发|研制|试制|转化|项目|申报|申请|实施|技术|合作)?(?:的)?成功(?!率|案例|经验|的?基础|人士)"
    f"|(?<!未)(?:通过|过)[^,]{{0,12}}?{PASSED}|(?<!已)(?<!已经)获批|(?<!已)(?:获得|取得|拿到)[^,]{{0,"
    f"14}}?(?:批准|立项|资助|补贴|补助|扶持资金|注册证|认定|融资|订单)"
    "|一次性?过(?!程)|专利[^,]{0,8}(?:授权|获批)|(?:获得|取得|拿到)[^,]{0,10}专利[^,]{0,4}(?:授权|证书)|中标|"
    "盈利|不亏损?|保本|回本|"
    "(?:投资)?(?:回报|收益)率?(?:不低于|达到|在)|(?:销售额|产值|利润|营业?收入?|订单量|市场占有率|成交额)[^,"
    "]{0,8}(?:达到|不低于|不少于|增长|翻|突破|超过)|"
    "上市|融资到位|万无一失|零风险|零失败|签约成功|拿下)"
)
WHOLLY = "(?:百分之百|百分百|100%|无条件|必定|绝对|一次性|万无一失地?)"
ROUND = "(?:原因|困难|情况|理由|情形|因素|难度|条件|障碍)"
PATTERNS = (
    rf"{SURE}[^,]{{0,22}}?{GOAL}",
    rf"(?:保证|确保|承诺|担保)[^,]{{0,16}}{WHOLLY}[^,]{{0,10}}(?:达到|实现|达成|完成|合格|达标|通过)",
    f"(?<![打面承大书外])包(?:你|您)?(?:通过|过(?!程|去|往)|成功|成(?!果|本|员|为|品|套|都)|验收|拿证|下证|"
    f"授权|立项|中标|获批|赚|赢|达标|{PASSED})",
    "(?<![确担质环])保(?:过(?!程)|成功|通过|拿证|下证|达标|立项|中标)",
    "(?:必将|必能|必会|定能|定会|定将|势必|必然|必定|一定)[^,。]{0,18}?(?:达到|达成|达标|稳定|实现|提高|提升|下降|降低|降至|高于|低于|超过|突破)",
    "有(?:充分|十足|绝对|完全|百分之百|100%)的?把握|十拿九稳|稳操胜券|胜券在握|板上钉钉|深信不疑|稳赚|稳过|毫无悬念|没有悬念|不在话下|万无一失|不受任何客观(?:条件|因素|原因)",
    "打包票|军令状|拍胸脯|只许成功|不(?:允许|许|得|能)(?:出现)?失败|没有失败的可能|不(?:可能|会)失败|"
    "绝[无不]失败|不存在失败|零失败|万无一失",
    "(?:必须|一定要|务必)(?:[^,]{0,8})(?:取得|获得)?成功",
    "成功率[^,]{0,6}(?:100%|百分之百|百分百)|(?:100%|百分之百|百分百)[^,]{0,4}成功",
    rf"(?:无论|不论|不管)[^。]{{0,24}}{ROUND}[^。]{{0,36}}(?:均|都|必须|应当?|须|皆|一律)[^。]{{0,18}}(?:实现|"
    rf"达到|达成|通过|成功|达标|交付合格|做成|完成研发|完成开发|研制出)",
    "(?:直至|直到)[^,]{0,18}(?:成功|通过|合格|达标|满意|获批|授权)[^,]{0,4}为止",
    "(?:免费|无偿|自费|不限次数?|无限次|不限期)[^。]{0,24}(?:直至|直到|至)[^,。]{0,14}(?:成功|通过|合格|达标|"
    "满意|达到)",
    "(?:不得|不能|不可|无权)以[^,]{0,20}(?:技术(?:上的)?(?:困难|难度|风险|障碍|原因)|客观(?:原因|条件|困难)|"
    "研发(?:风险|失败|难度)|开发失败|不可预见)[^,]{0,12}(?:为由|为借口|作为|主张|推[脱诿卸]|免责|抗辩|免除|解除)",
    "(?:获批|通过|授权|成功|成交|盈利)[^,]{0,6}(?:有|作出|作)?(?:保障|保证)(?=$|,)",
    "(?:通过|成功|授权|获批|盈利|立项)[^,]{0,6}(?:承担|负有?)[^,]{0,8}(?:保证|担保)(?:责任|义务)",
    # a vow: not giving up before it is done
    "(?:[做办干搞达拿研]不(?:到|成|好|了|出来?|下来?)|(?:达|通|完)不(?:到|成|过)|不达标?|不成功?|不通过)[^。]{0,8}?(?:绝不|决不|誓不|"
    "永不|概不)(?:收[场兵手工]|罢休|撤[场离]|离[场开]|停[手工歇]|休|走)",
    "立(?:下)?(?:字据|军令状|生死状)|提头来见|负责到底(?!部)",
    r"\b(?:guarantee|promise|warrant|undertake|commit|vow|pledge)s?\b[^.;]{0,60}\b(?:will|shall|would)\b[^.;]{0,20}"
    r"\b(?:reach|achieve|attain|exceed|meet|hit|hold|work|succeed|pass)\b",
    r"\b(?:guarantee|warrant|ensure|assure|undertake|promise|covenant)s?\b[^.;]{0,80}\b(?:success\w*|"
    r"succeeds?|approval|approved|pass(?:es)?\b|granted|grant of|profit\w*|be profitable)",
    r"\b(?:regardless of|whatever|no matter)\b[^.;]{0,60}\b(?:shall|must|will)\b[^.;]{0,40}\b(?:achieve|reach|"
    r"succeed|deliver|pass)",
)
RISKS = (
    "(?:全部|一切|所有|任何|100%|百分之百)(?:的)?(?:[^,]{0,10})风险[^。]{0,12}?(?:由|归)[^,。]{1,12}(?:独自|"
    "单独|自行|全部|完全)?(?:承担|负担|负责)",
    "(?:承担|负担|自担)[^,。]{0,12}(?:全部|一切|所有|任何|100%|百分之百)(?:的)?[^,。]{0,12}风险",
    "(?:研发|研究|开发|研制|技术|失败)[^,。]{0,6}风险[^。]{0,14}由[^,。]{1,10}(?:独自|单独|自行|全部|完全|全额)承担",
    "(?:风险|失败)[^。]{0,14}由[^,。]{1,12}承担(?:100%|百分之百)",
    "(?:研发|研究|开发|研制|技术|项目|失败)[^,。]{0,8}风险(?:概|一律|均|全部|皆|都|悉)由[^,。]{1,14}(?:承担|负担|负责)",
    "(?:失败|不成功)[^。]{0,20}(?:损失|费用|后果)[^。]{0,10}(?:均|全部|一律|概|完全|皆)(?:[^,。]{0,3})由[^,。"
    "]{1,12}(?:自行)?(?:承担|负担)",
    "(?:失败|不成功)[^。]{0,24}由[^,。]{1,12}(?:自行|独自|单独|一力|独力|全权)承担(?:(?:一切|全部|"
    "所有)?(?:损失|费用|后果|成本)|$|(?=,))",
    # the whole outcome laid upon one side, in any verb of bearing
    "(?:一切|所有|全部|任何|什么)(?:的)?(?:后果|结果|损失|得失|代价|亏空|窟窿)[^。]{0,6}?(?:全?[由归让]|都)?(?:[乙甲]方|研究所|研究院|学校|大学|"
    "院方|所方|我方|供方|受托方|开发方)[^,。]{0,6}(?:兜[着底住]?|扛[着下]?|认[账下了]?|买单|埋单|吃下|背[着下]?|揽下|包揽|顶着)",
    "(?:得失|成败|盈亏|输赢|好坏|成与不成|做成做不成)[^,。]{0,6}(?:与|跟|同|和)(?:[甲乙]方|委托方|公司|我方|需方)[^,。]{0,6}(?:无关|无干|无涉|不相干|没关系)",
    r"\b(?:all|entire|sole) (?:the )?(?:technical |research |development )?risks?\b[^.;]{0,40}\b(?:borne|bear|"
    r"lies?|rests?)\b",
    r"\bbears? (?:all|the entire|any and all)[^.;]{0,30}risks?\b",
)
PROMISES = [re.compile(pattern) for pattern in PATTERNS]
ONE_SIDED = [re.compile(pattern) for pattern in RISKS]
# What is a plain warranty of title or power, or says what was done already.
PLAIN = re.compile(
    "已(?:经)?(?:依法)?(?:获|取|通过|完成|具备)|有权|所需的?(?:全部)?(?:授权|批准)|签署|努力|尽力|争取|力争|"
    "尽最大|合理努力|协助|不丧失|best efforts|reasonable efforts"
)
NOT_ALL = re.compile(
    "各自|分别|按|比例|双方(?:共同|分担)?|合理分担|保险|灭失|毁损|运输|交付(?:前|后)|使用风险|市场风险|"
    "经营风险|泄露|扩大"
)


def promise_of_success(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    for sentence in draft.sentences:
        if hit := _first(PROMISES, sentence.text, PLAIN):
            yield Hit("promise", sentence.start + hit[0], sentence.start + hit[1])


def all_risk(draft: Draft, kind: Recognised) -> Iterator[Hit]:
    for sentence in draft.sentences:
        if hit := _first(ONE_SIDED, sentence.text, NOT_ALL):
            yield Hit("all_risk", sentence.start + hit[0], sentence.start + hit[1])


def _first(patterns: list[re.Pattern[str]], text: str, excused: re.Pattern[str]) -> tuple[int, int] | None:
    for pattern in patterns:
        for found in pattern.finditer(text):
            if excused.search(text, max(0, found.start() - 6), found.end() + 4):
                continue
            if not denied(text, found.start(), found.end()):
                return found.span()
    return None

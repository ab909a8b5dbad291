"""Which kind of contract a draft is, who its parties are, and whether it is a whole contract or an excerpt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .draft import Draft

# kind -> (words of a title, words that speak for it in the text)
KINDS: dict[str, tuple[str, str]] = {
    "nda": ("保密(?:协议|合同|协定)|non-disclosure|confidentiality agreement", "披露方|接收方|保密信息"),
    "intent": ("意向书|合作意向|意向协议|letter of intent|谅解备忘录", "意向|排他期|正式合同"),
    "team": ("分成协议|团队协议|经理人协议|team agreement", "分成|团队成员"),
    "brokerage": (
        "(?:中介|居间|经纪)(?:服务)?(?:合同|协议)|brokerage",
        "中介方|中介人|居间人|居间方|经纪方|促成|中介(?:服务)?费|居间(?:服务)?(?:费|报酬)|佣金",
    ),
    "training": ("技术培训(?:合同|协议)|培训(?:合同|协议)|training", "学员|培训对象|授课|课时|培训内容"),
    "development": (
        "(?:技术开发|委托开发|合作开发|研究开发|联合开发|研发|开发)(?:合同|协议)|development",
        "研究开发|研发|开发方|受托开发|研制|研究开发人|技术指标",
    ),
    "assignment": (
        "(?:技术|专利权?|专利申请权|技术秘密|专有技术|软件著作权|著作权|成果)转让(?:合同|协议)|assignment",
        "让与人|让与方|受让人|受让方|转让方|转让费|权利转移|转让价款",
    ),
    "licence": (
        "(?:实施)?许可(?:使用)?(?:合同|协议)|先用后转|licen[cs]e",
        "许可人|许可方|被许可|独占|排他许可|普通许可|使用费|入门费|提成|licensor|licensee",
    ),
    "consulting": ("咨询(?:合同|协议)|consult", "咨询报告|顾问方|咨询问题|可行性论证|咨询意见"),
    "service": ("(?:技术)?服务(?:合同|协议)|service", "服务方|技术服务|服务内容|工作成果|解决的技术问题"),
}
CLIENT = "委托方|委托人|需方|买方|受让方|受让人|被许可方|被许可人|接受方|使用方|采购方|用户方"
SUPPLIER = (
    "受托方|受托人|研究开发方|研究开发人|开发方|供方|卖方|让与方|让与人|转让方|转让人|(?<!被)许可方|(?<!被)许可人|顾问方|"
    "服务方|承担方|中介方|中介人|居间方|居间人|承接方|研发方|培训方"
)
LETTERS = "[甲乙丙]方"
ENTRUSTS = re.compile(
    r"(?:^|[,。;:\n])(?:兹|现)?由?(?P<client>[\u4e00-\u9fff]{2,10}?)(?:出钱|出资|花钱|掏钱)?(?:委托|(?<![申邀聘提敬恳])请|托|找)(?P<supplier>(?![甲乙丙]方)[\u4e00-\u9fff]{2,10}?)"
    "(?:研制|研究|开发|研发|承担|进行|提供|完成|设计|攻关|试|做|搞|弄|改|调|写)",
    re.M,
)
ARTICLES = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+[、.]|\d{1,2}[、.．)](?!\d)|article \d|\d{1,2}\.\s)",
    re.M,
)
SIGNED = re.compile("(?:盖章|签章|签字|签署处|签名)|signature|signed by")
PARTIES = re.compile(rf"(?:{LETTERS}|{CLIENT}|{SUPPLIER})(?:\([^)\n]{{1,20}}\))?\s*[:：]|between .{{1,120}} and ", re.M)
HEADING = re.compile(r"^[^\n,。;:]{0,40}(?:合同|协议|意向书|agreement|contract)[^\n,。;:]{0,20}$", re.M)
FEWEST_WORDS = 160


@dataclass(frozen=True)
class Recognised:
    """``client`` and ``supplier`` match the words by which the draft calls either side; ``whole`` says that it is a
    contract and not a piece of one, so that what is missing can be told."""

    kind: str
    sub_kind: str
    client: str
    supplier: str
    whole: bool


def recognise(draft: Draft, kind: str = "") -> Recognised:
    """``kind`` where the caller knows it (our own contracts), else by title and vocabulary; "" when nothing speaks."""
    text = draft.text
    found = kind or _kind(text)
    client, supplier = _sides(text)
    return Recognised(found, _sub_kind(found, text), client, supplier, _whole(text))


def _kind(text: str) -> str:
    head, scores = text[:300], {}
    first = head.strip().split("\n", 1)[0]
    for kind, (title, words) in KINDS.items():
        score = 3 * min(len(re.findall(words, text[:20_000])), 6)
        score += 40 * bool(re.search(title, first)) + 12 * bool(re.search(title, head))
        scores[kind] = score
    best = max(scores, key=lambda name: (scores[name], -list(KINDS).index(name)))
    if best == "licence" and re.search("先用后转|先使用后(?:付费|转让)|试用期", text[:2000]):
        return "licence"
    return best if scores[best] >= 6 else ""


def _sub_kind(kind: str, text: str) -> str:
    head = text[:600]
    if kind == "development":
        return (
            "cooperative"
            if re.search("合作(?:研究)?开发|联合(?:研究)?开发|共同(?:研究)?开发|cooperative", head)
            else "commissioned"
        )
    if kind == "licence":
        if re.search("先用后转|先使用后付费|先用后付", text):
            return "try_first"
        return "secret" if re.search("技术秘密|专有技术|know-how", head) and "专利" not in head else "patent"
    if kind == "assignment":
        for name, words in (
            ("application", "专利申请权"),
            ("software", "软件著作权|软件"),
            ("know_how", "技术秘密|专有技术"),
        ):
            if re.search(words, head):
                return name
        return "patent_right"
    return ""


def _sides(text: str) -> tuple[str, str]:
    """Regular expressions for the two sides: their roles, and 甲方 or 乙方 as the head of the draft assigns them.

    Without a word on it 甲方 orders and pays, as in the model contracts of the ministry.
    """
    head = text[:1500]
    client_letter = "甲方"
    for letter in ("甲方", "乙方"):
        roles = rf"{letter}\s*(?:\(|:)?\s*(?:即|为|:)?\s*(?:{{}})|(?:{{}})\s*\(?(?:以下(?:简称|称))?[\"“']?{letter}"
        if re.search(roles.replace("{}", SUPPLIER), head) and letter == "甲方":
            client_letter = "乙方"
        if re.search(roles.replace("{}", CLIENT), head):
            client_letter = letter
    supplier_letter = "乙方" if client_letter == "甲方" else "甲方"
    named = ENTRUSTS.search(head)  # 测绘院委托某大学研制: the sides by their own names
    client_name, supplier_name = (f"|{_called(named[one])}" if named else "" for one in ("client", "supplier"))
    return f"(?:{client_letter}|{CLIENT}{client_name})", f"(?:{supplier_letter}|{SUPPLIER}{supplier_name})"


def _called(name: str) -> str:
    """A party by its name, also without the 某 or 本 before it: 某铸造厂, later 铸造厂."""
    return name.lstrip("某本该") if len(name.lstrip("某本该")) > 1 else name


def _whole(text: str) -> bool:
    signs = (
        bool(HEADING.search(text[:200])),
        bool(PARTIES.search(text[:1500])),
        len(ARTICLES.findall(text)) >= 4,
        bool(SIGNED.search(text[-600:])),
    )
    return len(text) >= FEWEST_WORDS and sum(signs) >= 2 and (signs[0] or signs[2])

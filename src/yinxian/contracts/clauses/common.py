"""Questions and articles that every kind of contract shares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .structure import Article, Ask, When

DISPUTES = (
    ("court_buyer", _("需方所在地法院")),
    ("court_supplier", _("供方所在地法院")),
    ("arbitration", _("仲裁")),
)

PLACE = Ask("place", "line", _("履行地点"))
START = Ask("start_on", "date", _("开始日期"))
END = Ask("end_on", "date", _("结束日期"))
SECRECY = Ask("secret_years", "whole", _("保密期限（年）"), default="5", help=_("合同终止后仍然计算。"))
PENALTY = Ask("penalty_bp", "percent", _("违约金（占总价或报酬的比例）"), default="10")
DISPUTE = Ask("dispute", "choice", _("争议解决"), choices=DISPUTES, default="court_buyer")
ARBITRATOR = Ask("arbitrator", "line", _("仲裁机构名称"), required=False, help=_("选仲裁时填写。"))
GLOSSARY = Ask("glossary", "text", _("名词和术语的解释"), required=False)
EXTRA = Ask("extra", "text", _("其他约定"), required=False)
COPIES = Ask("copies", "whole", _("合同份数"), default="4")

CONTACT_BUYER = Ask("contact_buyer", "line", _("需方联系人"), required=False)
CONTACT_SUPPLIER = Ask("contact_supplier", "line", _("供方联系人"), required=False)
CONTACT_BROKER = Ask("contact_broker", "line", _("中介方联系人"), required=False)

CLOSING_ASKS = (PENALTY, DISPUTE, ARBITRATOR, GLOSSARY, EXTRA, COPIES)


def secrecy(heading: str) -> Article:
    return Article(
        heading,
        (
            "双方从对方得到的、没有公开的技术资料、经营信息和本合同的内容，只能为履行本合同使用，"
            "未经对方书面同意不得告知第三人。",
            "接触上述内容的人员应当限于履行本合同所必需，接触一方对其人员的泄密承担责任。",
            "保密义务自得到资料之日起，至本合同终止后满{secret_years}年为止；"
            "依法必须披露的，披露一方应当事先通知对方，并只披露必需的部分。",
        ),
    )


def closing(total: str = "合同总价") -> tuple[Article, ...]:
    """The last articles; ``total`` is what the penalty is a part of."""
    return (
        Article(
            "违约责任",
            (
                "一方不履行义务或者履行不符合约定的，对方可以要求其继续履行、采取补救措施；造成损失的，应当赔偿。",
                f"一方严重违约致使合同目的不能实现的，应当按{total}的{{penalty_bp}}支付违约金；"
                "违约金不足以弥补损失的，就不足的部分赔偿。",
                "因不可抗力不能履行的，受影响的一方应当及时通知对方并提供证明，根据影响的程度免除相应的责任。",
            ),
        ),
        Article(
            "变更与解除",
            (
                "对本合同的变更应当采用书面形式，由双方签字或者盖章后生效；"
                "双方在本合同编号下对新的文本逐一确认的记录，与书面形式有同等效力。",
                "有下列情形之一的，守约一方可以书面通知对方解除合同：对方迟延履行主要义务，"
                "经催告后三十日内仍未履行；对方明确表示不履行主要义务。",
                "解除不影响保密、成果归属、结算和争议解决条款的效力。",
            ),
        ),
        Article(
            "名词和术语",
            (
                When("glossary", ("*",), ("{glossary}",)),
                When("glossary", ("",), ("本合同没有需要另行解释的名词和术语。",)),
            ),
        ),
        Article(
            "争议解决",
            (
                "双方对本合同的履行有争议的，应当先行协商。",
                When("dispute", ("court_buyer",), ("协商不成的，由{buyer}所在地有管辖权的人民法院处理。",)),
                When("dispute", ("court_supplier",), ("协商不成的，由{supplier}所在地有管辖权的人民法院处理。",)),
                When("dispute", ("arbitration",), ("协商不成的，提交{arbitrator}按照其届时有效的仲裁规则仲裁。",)),
            ),
        ),
        Article(
            "其他",
            (
                When("extra", ("*",), ("{extra}",)),
                "与履行本合同有关的下列文件，经双方确认后作为附件：技术背景资料、可行性论证或者评估报告、"
                "任务书、技术标准、图纸、工艺文件。附件与正文不一致的，以正文为准。",
                "本合同一式{copies}份，双方各执半数，自双方签字或者盖章之日起生效。"
                "双方在线逐一确认的，自后一方确认之时起生效。",
            ),
        ),
    )

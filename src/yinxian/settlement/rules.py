"""How money that is released is divided: one rule, fixed when a deal is signed. No database, no clock.

The worked example and its order of steps: fee first (where the supplier pays it), then the supplier's net
income, from it the reward of the research team, within it at least 5 % for transfer staff; the supplier
keeps the rest. Everything in integer fen and basis points; parts always add up to the amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP, allocate, portion

STAFF_FLOOR_BP = 500  # 浙江省促进科技成果转化条例 37: at least 5 % of the reward
REWARD_FLOOR_BP = 5000  # 促进科技成果转化法 45: default and floor for state units


class Role:
    """As what a party gets its part."""

    SUPPLIER = "supplier"
    INVENTOR = "inventor"
    STAFF = "staff"
    MANAGER = "manager"
    AGENCY = "agency"
    PLATFORM = "platform"
    BUYER = "buyer"


ARTICLES = {
    Role.MANAGER: "民法典 963",
    Role.AGENCY: "民法典 963",
    Role.PLATFORM: "民法典 963",
    Role.INVENTOR: "促进科技成果转化法 45",
    Role.STAFF: "浙江省促进科技成果转化条例 37",
    Role.SUPPLIER: "促进科技成果转化法 43",
}


@dataclass(frozen=True)
class Share:
    """A party's part in basis points; ``party`` is the code of its account. ``main``: a main contributor."""

    party: str
    name: str
    bp: int
    role: str = Role.MANAGER
    main: bool = False


@dataclass(frozen=True)
class Tier:
    """A step of a ladder: ``bp`` of what lies below ``up_to_fen`` and above the step before; None: no end."""

    up_to_fen: int | None
    bp: int


@dataclass(frozen=True)
class Fee:
    """What is owed for the introduction.

    ``kind`` rate: ``bp`` of each release; ladder: marginal tiers over all releases together; fixed:
    ``amount_fen`` for the whole contract, due in proportion to what is released. ``cap_fen`` over all.
    ``payer`` supplier (taken out of each release), buyer (a line of its own on top), or both, half each.
    ``trigger`` release: with each release; contract: as early as the releases allow; acceptance: with the last.
    """

    kind: str = "rate"
    bp: int = 0
    tiers: tuple[Tier, ...] = ()
    amount_fen: int = 0
    payer: str = "supplier"
    cap_fen: int | None = None
    trigger: str = "release"


@dataclass(frozen=True)
class SplitRule:
    """Everything that decides who gets what. ``contract_fen`` is the whole that fixed sums are spread over;
    ``staff_parts`` divide the transfer staff's part by name, none leaves it one line for the office. ``basis`` names
    the rule, with its version, by which the reward was chosen; nothing is computed from it."""

    supplier: str
    supplier_name: str
    contract_fen: int
    fee: Fee = field(default_factory=Fee)
    shares: tuple[Share, ...] = ()
    direct_costs_fen: int = 0
    reward_bp: int = 0
    staff: str = ""
    staff_name: str = ""
    staff_bp: int = STAFF_FLOOR_BP
    inventors: tuple[Share, ...] = ()
    staff_parts: tuple[Share, ...] = ()
    basis: str = ""

    @property
    def remembers(self) -> bool:
        """Whether what was released before changes how the next release is split."""
        fee = self.fee
        return bool(self.direct_costs_fen or fee.kind != "rate" or fee.cap_fen is not None or fee.trigger != "release")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> SplitRule:
        fee = dict(content["fee"])
        fee["tiers"] = tuple(Tier(**tier) for tier in fee["tiers"])
        groups = ("shares", "inventors", "staff_parts")  # rules fixed before staff had names know no parts of it
        parts = {key: tuple(Share(**share) for share in content.get(key, ())) for key in groups}
        return cls(**{**content, "fee": Fee(**fee), **parts})

    def check(self) -> None:
        """Invalid (with a code of settlement) when the rule cannot be right."""
        if not 0 < self.contract_fen <= MAX_FEN:
            raise Invalid("settlement.rule_amount", field="contract_fen")
        if not 0 <= self.direct_costs_fen <= self.contract_fen:
            raise Invalid("settlement.rule_costs", field="direct_costs_fen")
        if not 0 <= self.reward_bp <= WHOLE_BP:
            raise Invalid("settlement.rule_reward", field="reward_bp")
        if self.reward_bp and not STAFF_FLOOR_BP <= self.staff_bp <= WHOLE_BP:
            raise Invalid("settlement.rule_staff", field="staff_bp")
        if self.reward_bp:
            _whole(self.inventors, "inventors")
            if self.staff_parts:
                _whole(self.staff_parts, "staff_parts")
        self._check_fee()

    def _check_fee(self) -> None:
        fee = self.fee
        if (
            fee.kind not in {"rate", "ladder", "fixed"}
            or fee.payer not in {"supplier", "buyer", "both"}
            or fee.trigger not in {"release", "contract", "acceptance"}
        ):
            raise Invalid("settlement.rule_fee", field="fee")
        if not 0 <= fee.bp <= WHOLE_BP or not 0 <= fee.amount_fen <= self.contract_fen:
            raise Invalid("settlement.rule_fee", field="fee")
        if fee.cap_fen is not None and not 0 <= fee.cap_fen <= MAX_FEN:
            raise Invalid("settlement.rule_fee", field="cap_fen")
        if fee.kind == "ladder":
            ends = [tier.up_to_fen for tier in fee.tiers]
            steps = [end for end in ends[:-1] if end is not None]
            rising = len(steps) == len(ends) - 1 and all(a < b for a, b in zip([0, *steps], steps, strict=False))
            if not ends or ends[-1] is not None or not rising:
                raise Invalid("settlement.rule_ladder", field="tiers")
            if any(not 0 <= tier.bp <= WHOLE_BP for tier in fee.tiers):
                raise Invalid("settlement.rule_ladder", field="tiers")
        if whole_fee(self):
            _whole(self.shares, "shares")


def _whole(shares: Sequence[Share], where: str) -> None:
    if any(share.bp <= 0 for share in shares) or sum(share.bp for share in shares) != WHOLE_BP:
        raise Invalid("settlement.rule_shares", field=where, total=f"{sum(share.bp for share in shares) / 100:.2f}%")


@dataclass(frozen=True)
class Before:
    """What earlier releases under the same rule have used up: needed for ladders, caps, fixed sums and costs."""

    released_fen: int = 0
    due_fen: int = 0
    costs_fen: int = 0


NOTHING = Before()


class Line(NamedTuple):
    """One party's part. ``basis_bp`` is the share in its basis (of the fee, the reward), ``share_bp`` in the whole."""

    party: str
    name: str
    role: str
    amount_fen: int
    basis_bp: int | None
    share_bp: int | None

    @property
    def article(self) -> str:
        return ARTICLES.get(self.role, "")

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(frozen=True)
class Split:
    """The parts of one release and the steps by which they were found; all in fen.

    ``due_fen`` is the fee that falls due with it, ``fee_fen`` what of that is taken out of this money.
    """

    amount_fen: int
    due_fen: int
    fee_fen: int
    costs_fen: int
    net_fen: int
    reward_fen: int
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "lines": [line.to_json() for line in self.lines]}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Split:
        return cls(**{**content, "lines": tuple(Line(**line) for line in content["lines"])})

    def __add__(self, other: Split) -> Split:
        """Two releases of one payment as one: sums of every step and of every party's part."""
        amount = self.amount_fen + other.amount_fen
        parts: dict[tuple[str, str], Line] = {}
        for line in (*self.lines, *other.lines):
            so_far = parts.get((line.party, line.role))
            fen = line.amount_fen + (so_far.amount_fen if so_far else 0)
            parts[line.party, line.role] = line._replace(amount_fen=fen, share_bp=_of(fen, amount))
        steps = ("due_fen", "fee_fen", "costs_fen", "net_fen", "reward_fen")
        sums = {name: getattr(self, name) + getattr(other, name) for name in steps}
        return Split(amount, lines=tuple(parts.values()), **sums)


def _on_ladder(tiers: Sequence[Tier], amount_fen: int) -> int:
    low, due = 0, 0
    for tier in tiers:
        high = amount_fen if tier.up_to_fen is None else min(amount_fen, tier.up_to_fen)
        if high > low:
            due += (high - low) * tier.bp
            low = high
    return (due * 2 + WHOLE_BP) // (2 * WHOLE_BP)


def _in_proportion(total_fen: int, released_fen: int, contract_fen: int) -> int:
    """What of a fixed sum is due once ``released_fen`` of the contract is released; rounded half up."""
    reached = min(released_fen, contract_fen)
    return (total_fen * reached * 2 + contract_fen) // (2 * contract_fen)


def whole_fee(rule: SplitRule) -> int:
    """The fee on the whole contract, whoever pays it."""
    fee = rule.fee
    if fee.kind == "rate":
        due = portion(rule.contract_fen, fee.bp)
    elif fee.kind == "ladder":
        due = _on_ladder(fee.tiers, rule.contract_fen)
    else:
        due = fee.amount_fen
    return min(due, rule.contract_fen if fee.cap_fen is None else fee.cap_fen)


def buyers_fee(rule: SplitRule) -> int:
    """What the buyer pays on top of the contract, as a line of its own in the payment plan."""
    return {"supplier": 0, "buyer": whole_fee(rule), "both": whole_fee(rule) // 2}[rule.fee.payer]


def _due(rule: SplitRule, amount_fen: int, before: Before) -> int:
    """The fee that a release of ``amount_fen`` makes due, whoever pays it."""
    fee, reached = rule.fee, before.released_fen + amount_fen
    if fee.trigger == "contract":
        due = whole_fee(rule) - before.due_fen
    elif fee.trigger == "acceptance":
        due = whole_fee(rule) - before.due_fen if reached >= rule.contract_fen else 0
    elif fee.kind == "rate":
        due = portion(amount_fen, fee.bp)
    elif fee.kind == "ladder":
        due = _on_ladder(fee.tiers, reached) - _on_ladder(fee.tiers, before.released_fen)
    else:
        due = _in_proportion(fee.amount_fen, reached, rule.contract_fen) - before.due_fen
    if fee.cap_fen is not None:
        due = min(due, fee.cap_fen - before.due_fen)
    return max(0, min(due, amount_fen))


def split(rule: SplitRule, amount_fen: int, before: Before | None = None) -> Split:
    """Divide one release. Invalid for an amount that is not positive. The lines add up to the amount."""
    if not 0 < amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
    so_far = before or NOTHING
    due = _due(rule, amount_fen, so_far)
    fee = {"supplier": due, "buyer": 0, "both": due - due // 2}[rule.fee.payer]
    reached = so_far.released_fen + amount_fen
    costs = _in_proportion(rule.direct_costs_fen, reached, rule.contract_fen) - so_far.costs_fen
    costs = max(0, min(costs, amount_fen - fee))
    net = amount_fen - fee - costs
    reward = portion(net, rule.reward_bp)
    lines = [*_supplier_lines(rule, amount_fen, amount_fen - fee - reward, reward), *_fee_lines(rule, fee, amount_fen)]
    return Split(amount_fen, due, fee, costs, net, reward, tuple([line for line in lines if line.amount_fen]))


def split_fee(rule: SplitRule, amount_fen: int) -> Split:
    """Divide a fee that the buyer paid as a line of its own: all of it goes to the team by its shares."""
    if not 0 < amount_fen <= MAX_FEN:
        raise Invalid("settlement.amount", field="amount")
    lines = tuple(line for line in _fee_lines(rule, amount_fen, amount_fen) if line.amount_fen)
    return Split(amount_fen, amount_fen, amount_fen, 0, 0, 0, lines)


def _of(amount_fen: int, whole_fen: int) -> int:
    return (amount_fen * WHOLE_BP * 2 + whole_fen) // (2 * whole_fen)


def _supplier_lines(rule: SplitRule, amount_fen: int, kept_fen: int, reward_fen: int) -> list[Line]:
    lines = [Line(rule.supplier, rule.supplier_name, Role.SUPPLIER, kept_fen, None, _of(kept_fen, amount_fen))]
    if reward_fen:
        staff = portion(reward_fen, rule.staff_bp)
        parts = allocate(reward_fen - staff, [share.bp for share in rule.inventors])
        lines += [
            Line(share.party, share.name, Role.INVENTOR, part, share.bp, _of(part, amount_fen))
            for share, part in zip(rule.inventors, parts, strict=True)
        ]
        lines += _staff_lines(rule, staff, amount_fen)
    return lines


def _staff_lines(rule: SplitRule, staff_fen: int, amount_fen: int) -> list[Line]:
    """One line for the office, whose basis is the reward; with names one each, whose basis is the office's part."""
    if not rule.staff_parts:
        return [Line(rule.staff, rule.staff_name, Role.STAFF, staff_fen, rule.staff_bp, _of(staff_fen, amount_fen))]
    parts = allocate(staff_fen, [share.bp for share in rule.staff_parts])
    return [
        Line(share.party, share.name, Role.STAFF, part, share.bp, _of(part, amount_fen))
        for share, part in zip(rule.staff_parts, parts, strict=True)
    ]


def _fee_lines(rule: SplitRule, fee_fen: int, amount_fen: int) -> list[Line]:
    if not fee_fen:
        return []
    parts = allocate(fee_fen, [share.bp for share in rule.shares])
    return [
        Line(share.party, share.name, share.role, part, share.bp, _of(part, amount_fen))
        for share, part in zip(rule.shares, parts, strict=True)
    ]

"""Bank statements as banks write them, made for the tests."""

from __future__ import annotations

from collections.abc import Sequence

OWN = "6222020200123456789"
Entry = tuple[str, str, str, str, str]
"""Amount with its sign, day, reference, the other side's name, what was written."""


def camt(
    entries: Sequence[Entry],
    *,
    version: str = "08",
    account: str = OWN,
    opening: str = "1000.00",
    closing: str | None = None,
    currency: str = "CNY",
    head: str = "",
    namespace: str = "",
) -> bytes:
    total = sum(round(float(entry[0]) * 100) for entry in entries) + round(float(opening) * 100)
    end = closing if closing is not None else f"{total / 100:.2f}"
    space = namespace or f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    body = "".join(_entry(entry, currency, version) for entry in entries)
    body = _balance("OPBD", opening, currency) + _balance("CLBD", end, currency) + body
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<Document xmlns="{space}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-31T00:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>
{body}</Stmt></BkToCstmrStmt></Document>""".encode()


def _balance(kind: str, amount: str, currency: str) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>"
    )


def _entry(entry: Entry, currency: str, version: str) -> str:
    amount, day, reference, name, text = entry
    came = not amount.startswith("-")
    side = "Dbtr" if came else "Cdtr"
    party = f"<{side}><Nm>{name}</Nm></{side}>" if version < "08" else f"<{side}><Pty><Nm>{name}</Nm></Pty></{side}>"
    state = "<Sts>BOOK</Sts>" if version < "08" else "<Sts><Cd>BOOK</Cd></Sts>"
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount.lstrip("-")}</Amt><CdtDbtInd>{"CRDT" if came else "DBIT"}</CdtDbtInd>'
        f"{state}<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><RltdPties>{party}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )

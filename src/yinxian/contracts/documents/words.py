"""The words of a document of ours, as the clause check and the comparison read them."""

from __future__ import annotations

from typing import Any


def words_of(document: dict[str, Any]) -> str:
    """Title, parties, articles and tables, a line each."""
    lines = [document["name"], *(f"{party['role']}：{party['name']}" for party in document["parties"])]
    lines += document["preamble"].split("\n")
    for article in document["articles"]:
        lines.append(article["heading"])
        for block in article["blocks"]:
            if "rows" in block:
                lines += ["：".join(cell for cell in row if cell) for row in block["rows"]]
            else:
                lines += [block["text"], *([block["also"]] if block.get("also") else [])]
    lines += [f"{party['role']}（{document['labels']['seal']}）：{party['name']}" for party in document["parties"]]
    if document["agreed_on"]:
        lines.append(f"签订{document['labels']['date']}：{document['agreed_on']}")
    return "\n".join(lines)

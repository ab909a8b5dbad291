"""Mobile numbers as they are kept."""

import re


def plain_phone(phone: str) -> str:
    """Mainland numbers without country code or spaces (13800000001), others with a leading plus."""
    digits = re.sub(r"[^\d+]", "", phone.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    return digits.removeprefix("+86") if digits.startswith("+86") else digits

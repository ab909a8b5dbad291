"""Text messages: posted to the provider that the settings name, or printed on the console."""

from __future__ import annotations

import json
import logging
import urllib.request

from django.conf import settings

logger = logging.getLogger(__name__)


def send(phone: str, text: str) -> None:
    """Send one message; OSError when the provider cannot be reached."""
    if not settings.YINXIAN_SMS_URL:
        logger.info("SMS to %s: %s", phone, text)
        return
    request = urllib.request.Request(
        settings.YINXIAN_SMS_URL,
        data=json.dumps({"phone": phone, "text": text}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.YINXIAN_SMS_TOKEN}"},
    )
    urllib.request.urlopen(request, timeout=10).close()

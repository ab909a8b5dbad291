"""Files that people hand in: measured, named safely, hashed; never trusted by their name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .errors import Invalid


@dataclass(frozen=True)
class Checked:
    name: str
    size: int
    sha256: str


def safe_name(name: str, *, longest: int = 120) -> str:
    """The last part of a path without control, direction and separator characters; the ending is kept."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    plain = re.sub(r'[<>:"|?*]+', "_", plain).strip(" .") or "file"
    if len(plain) > longest:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: longest - 10]}{dot}{ending[:9]}" if dot else plain[:longest]
    return plain


def check(upload: UploadedFile[Any], *, field: str = "file") -> Checked:
    """Measure and hash an upload; Invalid when it is empty or larger than the installation allows."""
    limit = settings.YINXIAN_UPLOAD_BYTES
    size = upload.size or 0
    if size == 0:
        raise Invalid("kernel.empty_file", field=field)
    if size > limit:
        raise Invalid("kernel.too_large", field=field, limit=f"{limit // 1024 // 1024} MB")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Checked(safe_name(upload.name or ""), size, digest.hexdigest())

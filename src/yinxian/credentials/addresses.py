"""Addresses that stand in signed documents: never changed once signed."""

from __future__ import annotations

from django.conf import settings

from yinxian.network.models import Organisation

from .vc import did


def site(path: str) -> str:
    return f"{settings.YINXIAN_URL}{path}"


def credential_url(slug: str) -> str:
    return site(f"/credentials/{slug}/")


def level_url(slug: str) -> str:
    return site(f"/levels/{slug}/")


def lists_url(number: int) -> str:
    return site(f"/status/{number}/")


def recognition_url(slug: str) -> str:
    return site(f"/recognitions/{slug}/")


def organisation_url(organisation: Organisation) -> str:
    return site(f"/organisations/{organisation.slug}/")


def root_did() -> str:
    """The installation's own: /.well-known/did.json."""
    return did.web(settings.YINXIAN_URL)


def path_did(association: Organisation) -> str:
    """Of a further association on the same installation: /associations/<slug>/did.json."""
    return did.web(settings.YINXIAN_URL, "associations", association.slug)

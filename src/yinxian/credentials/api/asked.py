"""Who asks, and what an address names."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from yinxian.network.models import Organisation, User

from ..models import Level


def actor(request: HttpRequest) -> User:
    return cast(User, request.user)


def association_of(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def level_of(slug: str) -> Level:
    return get_object_or_404(Level.objects.select_related("association"), slug=slug)

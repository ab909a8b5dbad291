"""A person's own things: name, language, the manager's profile, tokens for programs."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel.errors import Conflict, Forbidden
from yinxian.kernel.ids import new_token

from ..models import ApiToken, ManagerProfile, User
from .links import digest_of


@transaction.atomic
def save_person(*, actor: User, values: dict[str, Any]) -> User:
    """One's own name, English name, e-mail and language."""
    user = User.objects.select_for_update().get(pk=actor.pk)
    email = values.get("email") or None
    if email and User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise Conflict("network.phone_taken", field="email")
    user.name, user.name_en, user.email = values["name"], values.get("name_en", ""), email
    user.language = values.get("language") or user.language
    user.save()
    journal.record("network.person.edited", actor=actor, subject=user)
    return user


@transaction.atomic
def save_profile(*, actor: User, values: dict[str, Any]) -> ManagerProfile:
    """Become a technology manager, or edit one's profile. The association is one that has admitted an
    organisation of theirs, or that they belong to; it is kept when it was given before."""
    profile = ManagerProfile.objects.select_for_update().filter(user=actor).first() or ManagerProfile(user=actor)
    for name in ("kind", "tracks", "regions", "languages", "years", "bio", "bio_en", "open_to_work"):
        if name in values:
            setattr(profile, name, values[name])
    profile.save()
    journal.record("network.manager.profiled", actor=actor, subject=profile)
    return profile


@transaction.atomic
def make_token(*, actor: User, name: str) -> tuple[ApiToken, str]:
    """A token for a program, shown once; only its hash is kept."""
    secret = new_token()
    token = ApiToken.objects.create(user=actor, name=name, digest=digest_of(secret))
    journal.record("network.token.made", actor=actor, subject=token)
    return token, secret


@transaction.atomic
def revoke_token(*, token_slug: str, actor: User) -> None:
    token = ApiToken.objects.select_for_update().get(slug=token_slug)
    if token.user_id != actor.pk:
        raise Forbidden("network.not_yours")
    journal.record("network.token.revoked", actor=actor, subject=actor, data={"token": token.slug})
    token.delete()

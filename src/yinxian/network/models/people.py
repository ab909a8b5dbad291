"""People and the tokens that programs use in their name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yinxian.kernel import clock
from yinxian.kernel.ids import Slugged


class UserManager(BaseUserManager["User"]):
    def create_user(self, phone: str | None = None, password: str | None = None, **fields: Any) -> User:
        """A person, known by phone, e-mail or both. ValueError without either."""
        if not phone and not fields.get("email"):
            raise ValueError("a person needs a phone number or an e-mail address")
        user = self.model(phone=phone or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(phone, password, is_staff=True, is_superuser=True, **fields)


class User(Slugged, AbstractBaseUser, PermissionsMixin):
    """A person. Signs in with a mobile number and a code, or with a password."""

    PREFIX = "U"

    phone = models.CharField(_("手机号"), max_length=20, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    email = models.EmailField(_("邮箱"), unique=True, null=True, blank=True)
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    name_en = models.CharField(_("英文姓名"), max_length=60, blank=True)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.slug

    @property
    def shown_name(self) -> str:
        """The name in the reader's language; documents and records keep the name itself."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.get_full_name()

    def get_short_name(self) -> str:
        """The given name, as colleagues say it: 若溪 for 沈若溪."""
        return self.name[1:] if 2 < len(self.name) <= 4 else self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email or None
        self.phone = self.phone or None
        super().save(*args, **kwargs)


class ApiToken(Slugged):
    """A secret for programs; only its hash is kept."""

    PREFIX = "K"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

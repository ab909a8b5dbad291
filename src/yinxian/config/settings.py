"""Django's settings, from the environment (env.py lists and explains what may be given)."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import env

PACKAGE = Path(__file__).resolve().parent.parent
ASSETS = PACKAGE / "assets"

MODE = env.read("YINXIAN_MODE")
YINXIAN_DATA = Path(env.read("YINXIAN_DATA")).absolute()
YINXIAN_URL = env.read("YINXIAN_URL").rstrip("/")
YINXIAN_NAME = env.read("YINXIAN_NAME")
YINXIAN_UPLOAD_BYTES = int(env.read("YINXIAN_UPLOAD_MB")) * 1024 * 1024
YINXIAN_SEAL_SECONDS = int(env.read("YINXIAN_SEAL_SECONDS"))
YINXIAN_SMS_URL = env.read("YINXIAN_SMS_URL")
YINXIAN_SMS_TOKEN = env.read("YINXIAN_SMS_TOKEN")
YINXIAN_MODEL_URL = env.read("YINXIAN_MODEL_URL")
YINXIAN_MODEL_KEY = env.read("YINXIAN_MODEL_KEY")
YINXIAN_MODEL_NAME = env.read("YINXIAN_MODEL_NAME")
YINXIAN_MODEL_SECONDS = float(env.read("YINXIAN_MODEL_SECONDS"))
YINXIAN_DENSE = env.read("YINXIAN_DENSE")
YINXIAN_DENSE_MODEL = env.read("YINXIAN_DENSE_MODEL")
YINXIAN_DENSE_KEY = env.read("YINXIAN_DENSE_KEY")
YINXIAN_DENSE_SECONDS = float(env.read("YINXIAN_DENSE_SECONDS"))
YINXIAN_SIGNING = env.read("YINXIAN_SIGNING") or ("local" if MODE in {"demo", "test"} else "")
YINXIAN_SIGNING_TOKEN = env.read("YINXIAN_SIGNING_TOKEN")
YINXIAN_TSA_URL = env.read("YINXIAN_TSA_URL")

DEBUG = env.flag("YINXIAN_DEBUG")
SECRET_KEY = env.read("YINXIAN_SECRET_KEY")
ALLOWED_HOSTS = env.listed("YINXIAN_HOSTS")
if MODE in {"demo", "test"}:
    SECRET_KEY = SECRET_KEY or "demo-secret-known-to-everyone-never-for-an-installation-that-matters"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "testserver"]
YINXIAN_CREDENTIALS_SECRET = env.read("YINXIAN_CREDENTIALS_SECRET") or SECRET_KEY
YINXIAN_PRIVATE_ISSUERS = env.flag("YINXIAN_PRIVATE_ISSUERS")
if reason := env.unsafe(MODE, SECRET_KEY, DEBUG, ALLOWED_HOSTS):
    raise ImproperlyConfigured(reason)
CSRF_TRUSTED_ORIGINS = [YINXIAN_URL]
SECURE_COOKIES = YINXIAN_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

HOUSE = [
    "kernel",
    "journal",
    "network",
    "credentials",
    "market",
    "matching",
    "contracts",
    "settlement",
    "policies",
    "deals",
    "alliances",
    "exams",
    "landing",
    "training",
    "reputation",
]
HOUSE += ["notifications", "portal"]
INSTALLED_APPS = [
    *[f"yinxian.{app}" for app in HOUSE],
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *[f"allauth.socialaccount.providers.{name}" for name in env.listed("YINXIAN_LOGINS")],
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yinxian.network.middleware.ActingMiddleware",
    "yinxian.kernel.http.RefusalMiddleware",
]
ROOT_URLCONF = "yinxian.config.urls"
WSGI_APPLICATION = "yinxian.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yinxian.portal.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "yinxian.kernel.templatetags.yx"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
}
DATABASES = {
    "default": dj_database_url.parse(
        env.read("DATABASE_URL") or f"sqlite:///{YINXIAN_DATA / 'yinxian.sqlite3'}", conn_max_age=60
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [ASSETS / "static"] if (ASSETS / "static").exists() else []
STATIC_ROOT = None  # nothing is collected: whitenoise serves what the finders find
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(YINXIAN_DATA / "files")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

SESSION_ENGINE = "yinxian.network.sessions"
AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "yinxian.network.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "email", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "yinxian.network.forms.SignupForm"
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Yinxian"
SOCIALACCOUNT_PROVIDERS = (
    {"openid_connect": {"APPS": json.loads(env.read("YINXIAN_OIDC"))}} if env.read("YINXIAN_OIDC") else {}
)

DEFAULT_FROM_EMAIL = env.read("YINXIAN_MAIL_FROM")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if smtp := env.read("YINXIAN_SMTP"):
    parts = urlsplit(smtp)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = parts.hostname or "localhost", parts.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(parts.username or ""), unquote(parts.password or "")
    EMAIL_USE_SSL = parts.scheme == "smtps"
    EMAIL_USE_TLS = parts.scheme == "smtp" and EMAIL_PORT == 587
    EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"yinxian": {"level": "INFO"}},
}

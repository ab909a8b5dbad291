"""The peer of benchmarks/pages.py: the same Django, database and server, but one view with one query."""

from yinxian.config.settings import *  # noqa: F403

INSTALLED_APPS = [
    "yinxian.kernel",
    "yinxian.journal",
    "yinxian.network",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
ROOT_URLCONF = "benchmarks.bare"
WSGI_APPLICATION = "benchmarks.bare.application"
MIDDLEWARE: list[str] = []

"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinxian.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # all of it is loaded before the first request
gc.collect()
gc.freeze()  # what is loaded by now stays: no request waits a quarter of a second while it is looked through

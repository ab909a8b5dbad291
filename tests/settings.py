"""The product's settings for the tests: a data folder that goes away, quick passwords, no cache of anything."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="yinxian-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["YINXIAN_MODE"] = "test"
os.environ["YINXIAN_DATA"] = _folder

from yinxian.config.settings import *  # noqa: E402, F403
from yinxian.config.settings import CACHES, DATABASES, SQLITE  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"] = SQLITE | {
        "init_command": str(SQLITE["init_command"]).replace("synchronous=FULL", "synchronous=OFF")
    }
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # its own tests turn it on

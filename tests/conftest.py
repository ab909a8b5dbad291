"""Fixtures that every test may use; what is left out says so by name at the end of a run."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.demo_folder import FOLDER
from tests.world import People, make_people
from yinxian.kernel import clock
from yinxian.network.middleware import SESSION_KEY
from yinxian.network.models import Organisation, User

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
NOTHING_LEFT_OUT = os.environ.get("YINXIAN_TESTS_COMPLETE") == "1"


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("YINXIAN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def pytest_configure(config: pytest.Config) -> None:
    """The folder in which the processes of this run share the demo year (tests/demo.py); nothing is timed."""
    patient = [HealthCheck.too_slow]  # a busy machine is no fault of the code: tests are never timed
    hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=patient)
    hypothesis_settings.load_profile("untimed")
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="yinxian-demo-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if item.get_closest_marker("postgresql") and not on_postgresql:
            item.add_marker(pytest.mark.skip("needs PostgreSQL: make test-postgresql DATABASE_URL=postgresql://…"))
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(
                pytest.mark.skip("needs Chromium: install it or set YINXIAN_CHROMIUM, then make test-browser")
            )


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: the thousands of tests need not look through it again and again."""
    apart = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid]
    if getattr(session.config.option, "loadgroup", False) and apart:  # pytest 9.2 with xdist 3.8 does not say so
        raise pytest.UsageError(f"these would not be kept in one process: {', '.join(apart)}")
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything must run (YINXIAN_TESTS_COMPLETE=1) a skip is a failure, except PostgreSQL's on SQLite."""
    report = yield
    allowed = hasattr(report, "wasxfail") or item.get_closest_marker("postgresql")
    if NOTHING_LEFT_OUT and report.skipped and not allowed:
        report.outcome = "failed"
        report.longrepr = f"left out where nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def flush_without_guards() -> Iterator[None]:
    """Emptying the tables after a transactional test would meet the database's own guards: they step aside for it.

    The post_migrate that follows a flush puts them back. The product itself has no such door.
    """
    from django.db.backends.base.operations import BaseDatabaseOperations

    from yinxian.kernel import guards

    flush = BaseDatabaseOperations.execute_sql_flush

    def without_guards(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        guards.remove(self.connection.alias)
        flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_guards)
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """Files, keys and the index of a test lie in a folder of its own."""
    before, storage = settings.YINXIAN_DATA, settings.STORAGES
    data = tmp_path / "data"
    data.mkdir()
    own = {**storage["default"], "OPTIONS": {"location": str(data / "files")}}
    _keep_files_in(data, {**storage, "default": own})
    yield data
    _keep_files_in(before, storage)


def _keep_files_in(folder: Path, storage: dict[str, dict[str, Any]]) -> None:
    """Django remembers the setting, each storage and the place of the default one: all three are made anew."""
    from django.core.files.storage import default_storage, storages

    settings.YINXIAN_DATA, settings.STORAGES = folder, storage
    storages._backends = None
    vars(storages).pop("backends", None)
    storages._storages.clear()
    default_storage._wrapped = storages["default"]


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """A request in English leaves its thread in English: no test reads another's language."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def frozen() -> Iterator[Callable[[str], None]]:
    """``frozen("2026-03-04T09:00")`` sets the clock (Shanghai time); again to move on."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.at(dt.datetime.fromisoformat(moment)))


@pytest.fixture
def drain() -> Callable[[], None]:
    """Run all followers of the journal until nothing is left."""
    from yinxian.journal.operations.work import drain as work_off

    return work_off


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A browser in which the person is signed in, acting for an organisation if one is given."""

    def signed_in(user: User, acting: Organisation | None = None) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if acting:
            session = client.session
            session[SESSION_KEY] = acting.pk
            session.save()
        return client

    return signed_in


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED.exists():
        pytest.skip("needs the real texts in ../shared/data beside the repository")
    return SHARED

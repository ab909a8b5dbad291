"""The frame of every page."""

from __future__ import annotations

import pytest


@pytest.mark.django_db
def test_menu(people, client_of) -> None:
    body = client_of(people.ruoxi).get("/").content.decode()
    assert "协作网络" in body

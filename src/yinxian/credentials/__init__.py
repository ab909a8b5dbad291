"""Levels of managers, credentials that travel, verification, recognition between associations."""

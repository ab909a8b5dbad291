"""Wiring: settings, addresses, the API and the WSGI application. Nothing imports this package."""

"""People, organisations, memberships and the profiles of managers."""

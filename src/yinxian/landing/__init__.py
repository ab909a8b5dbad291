"""Landing (落地): a team that needs room, capacity or policy elsewhere, and the offers of other regions."""

"""Associations with branches and members, alliances, studios, and the directory of who may be asked."""

"""Introductions, teams and shares, the pipeline, milestones: orchestrates contracts and settlement."""

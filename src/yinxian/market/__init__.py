"""Results and needs: briefs, evidence, review, freshness, confidentiality."""

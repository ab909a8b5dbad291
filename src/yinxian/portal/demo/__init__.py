"""The demo: one association's year, written by us, loaded through the product's own operations."""

"""Notices in the product and by e-mail, from the journal; nobody below imports this."""

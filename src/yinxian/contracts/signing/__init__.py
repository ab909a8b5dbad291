"""Electronic signatures on contracts: PAdES by pyHanko, several signers in order, each an increment to the same file.

``identities`` reads certificate files, ``authority`` is the installation's own for trials, ``services`` are those that
hold people's keys elsewhere, ``pades`` signs and inspects, ``sheet`` sets the page that the signatures stand on.
"""

"""Verifiable credentials without a database: documents, proofs, status lists, reading and judging.

Open Badges 3.0 on Verifiable Credentials 2.0; Data Integrity (eddsa-rdfc-2022, eddsa-jcs-2022) and VC-JWT (EdDSA).
"""

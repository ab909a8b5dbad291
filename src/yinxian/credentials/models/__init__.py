from .applications import Application
from .credentials import Credential
from .issuers import Issuer, IssuerKey, StatusList
from .levels import Level, LevelVersion
from .proofs import Module, Proof, ProofKind
from .recognitions import Presentation, Recognition

__all__ = [
    "Application",
    "Credential",
    "Issuer",
    "IssuerKey",
    "Level",
    "LevelVersion",
    "Module",
    "Presentation",
    "Proof",
    "ProofKind",
    "Recognition",
    "StatusList",
]

from .contracts import Approval, Contract, ContractNumber, Scan, Side

__all__ = ["Approval", "Contract", "ContractNumber", "Scan", "Side"]

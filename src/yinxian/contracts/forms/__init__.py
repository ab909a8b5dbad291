from .contracts import ContractForm, IndicatorRows, PaymentRows, ScanForm, rows_of

__all__ = ["ContractForm", "IndicatorRows", "PaymentRows", "ScanForm", "rows_of"]

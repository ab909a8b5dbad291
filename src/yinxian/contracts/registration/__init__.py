"""Registration of technology contracts (技术合同认定登记): codes of the form, rules of dates and amounts."""

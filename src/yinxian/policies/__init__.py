"""Dated rules of reward, tax, brokerage and subsidy, and calculators that explain each step. Nothing is booked here."""

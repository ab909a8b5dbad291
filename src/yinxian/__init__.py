"""Yinxian 引线: from one sentence of need to money that has arrived, with everyone's part on record."""

__version__ = "0.2.0"

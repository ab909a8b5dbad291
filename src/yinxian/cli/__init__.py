"""The `yinxian` command: one file a subcommand, help in Chinese or English by the terminal's language."""

from .main import main

__all__ = ["main"]

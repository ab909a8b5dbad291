"""The `yinxian` command."""


def main() -> None:
    raise SystemExit(0)

"""`python -m yinxian` is the same as the `yinxian` command."""

from yinxian.cli import main

if __name__ == "__main__":
    main()

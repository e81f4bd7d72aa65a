"""The console command `rongcuo`: exit code 0 done, 1 the input or state is wrong, 2 wrong usage."""

from .main import main

__all__ = ["main"]

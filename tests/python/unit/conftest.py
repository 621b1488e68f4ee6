"""Makes what several of these tests call known by name."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "stores")]

from shop_commands import shop, shop_files  # noqa: E402 - found by the path above

__all__ = ["shop", "shop_files"]

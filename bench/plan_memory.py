"""How much memory one way to do the job takes beyond its input: python plan_memory.py NAME CUSTOMERS.

Runs in a process of its own. The input is made, and what making it left over goes back to the system. Then the
kernel's high-water mark of resident memory is set back to what is resident now (writing 5 to /proc/self/clear_refs),
the job runs once, and the mark's rise is the answer: result, intermediate tables and the allocator's slack included.
A run with a few customers comes first, so that code and zones are loaded already. Prints bytes for each customer.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from pathlib import Path

from plan_job import Window, make_job
from plan_ways import ways

WARM = 1_000
MARK = Path("/proc/self/clear_refs")
CAN_MEASURE = os.access(MARK, os.W_OK)


def main(name: str, customers: int) -> None:
    window = Window()
    way = next(way for way in ways(window) if way.name == name)
    way.run(way.make(make_job(WARM, window)))
    given = way.make(make_job(customers, window))
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    MARK.write_text("5")
    before = resident("VmHWM:")
    made = way.run(given)
    print((resident("VmHWM:") - before) / customers)
    del made


def resident(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

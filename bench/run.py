"""Every measurement of the project, one after the other: ./dev bench.

./dev bench                     the C++ programs, and then courtesy beside others
./dev bench --customers 100000  the second part with fewer customers
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE.parent / "build" / "release" / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", type=Path, default=PROGRAMS, help="where the C++ programs were built")
    asked = parser.parse_args()
    for program in sorted(path for path in asked.programs.glob("bench_*") if path.is_file()):
        print(f"== {program.name}", flush=True)
        run(
            str(program),
            f"--benchmark_repetitions={asked.rounds}",
            "--benchmark_enable_random_interleaving=true",
            "--benchmark_report_aggregates_only=true",
        )
    print("== courtesy beside others", flush=True)
    run(sys.executable, str(HERE / "plan_bench.py"), f"--customers={asked.customers}", f"--rounds={asked.rounds}")
    run(sys.executable, str(HERE / "time_bench.py"))
    print("== the store beside SQLite's own statements", flush=True)
    run(sys.executable, str(HERE / "store_bench.py"), f"--customers={asked.customers}")
    print("== forecasts of odometers", flush=True)
    run(sys.executable, str(HERE / "meter_bench.py"))


def run(*command: str) -> None:
    status = subprocess.run(command, check=False).returncode
    if status:
        raise SystemExit(f"{Path(command[0]).name} ended with status {status}")


if __name__ == "__main__":
    main()

"""How long `communique --help` takes, and how long `import communique` does: the median of some runs.

python benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import communique": ["-c", "import communique"],
    "communique --help": ["-c", "from communique.cli import main; main(['--help'])"],
    "communique code --help": ["-c", "from communique.cli import main; main(['code', '--help'])"],
}


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, arguments in COMMANDS.items():
        print(f"{name:24} {statistics.median(seconds(arguments) for _ in range(runs)):.3f} s")


if __name__ == "__main__":
    main()

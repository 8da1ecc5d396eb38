#!/usr/bin/env python3
"""Instructions of one dab (disc, r = 10 mm), of a scribble stroke of that size and of undo, in a small volume and in one of WORD's size.

usage: dab_count.py DAB_COUNT        needs valgrind (exit status 77 without)

Instructions do not depend on what else the machine does, so they can be gated closely: a dab must cost the same in both
volumes but for a tenth of its limit, and no more than LIMITS, which are what was measured once and a quarter more; a
scribble stroke may cost what a dab does.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

VOLUMES = {"128x128x128": (128, 128, 128), "512x512x187": (512, 512, 187)}
LIMITS = {"countedDab": 770_000, "countedScribble": 770_000, "countedUndo": 43_000}
CALLS = {"countedDab": 2, "countedScribble": 1, "countedUndo": 1}
ALIKE = 0.10


def instructions(program, function, size):
    """Of one call, callees included."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        subprocess.run(["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--toggle-collect={function}",
                        f"--callgrind-out-file={out}", program, *map(str, size)], check=True, capture_output=True)
        return int(re.search(r"^(?:totals|summary): (\d+)", out.read_text(), re.M).group(1)) / CALLS[function]


def main():
    if not shutil.which("valgrind"):
        print("valgrind is not installed")
        return 77
    good = True
    for function, limit in LIMITS.items():
        counts = {name: instructions(sys.argv[1], function, size) for name, size in VOLUMES.items()}
        small, large = counts.values()
        alike = abs(large - small) <= ALIKE * limit
        print(f"{function}: " + ", ".join(f"{count:,.0f} in {name}" for name, count in counts.items()) +
              f"; at most {limit:,}, alike within {ALIKE:.0%} of that: {'yes' if alike else 'NO'}")
        good = good and alike and max(counts.values()) <= limit
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

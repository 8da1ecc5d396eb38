#!/usr/bin/env python3
"""Sums ctest's JUnit files in a folder; prints "N passed, N failed, N skipped"; status 1 if any failed or none passed.

ctest calls a test that could not be started "skipped" too; here only those are that said so themselves.
"""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    status = case.get("status")
    if status == "run":
        return "passed"
    if status == "disabled":
        return "skipped"
    skipped = case.find("skipped")
    said_so = skipped is not None and skipped.get("message", "").startswith("SKIP_")
    return "skipped" if status == "notrun" and said_so else "failed"


def count(folder):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for file in sorted(pathlib.Path(folder).glob("*.xml")):
        for case in ElementTree.parse(file).getroot().iter("testcase"):
            counts[outcome(case)] += 1
    return counts


if __name__ == "__main__":
    counts = count(sys.argv[1])
    print(", ".join(f"{number} {name}" for name, number in counts.items()))
    sys.exit(0 if counts["failed"] == 0 and counts["passed"] > 0 else 1)

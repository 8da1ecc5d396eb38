"""Line coverage of core/ from gcc's counters: coverage.py BUILD LEAST_PERCENT"""
import collections
import json
import pathlib
import subprocess
import sys

build = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path.cwd().resolve()
hits = collections.defaultdict(dict)  # file -> line -> most runs
counters = sorted(str(path) for path in build.rglob("core/**/*.gcda"))
for start in range(0, len(counters), 20):
    output = subprocess.run(["gcov", "--json-format", "--stdout", *counters[start:start + 20]], cwd=build,
                            capture_output=True, text=True, check=True).stdout
    for document in filter(None, output.splitlines()):
        for file in json.loads(document)["files"]:
            path = (build / file["file"]).resolve()
            if not path.is_relative_to(root / "core"):
                continue
            for line in file["lines"]:
                known = hits[path].get(line["line_number"], 0)
                hits[path][line["line_number"]] = max(known, line["count"])

folders = collections.defaultdict(lambda: [0, 0])
for path, lines in hits.items():
    for name in (path.relative_to(root).parts[1], "core"):
        folders[name][0] += sum(count > 0 for count in lines.values())
        folders[name][1] += len(lines)
for name in sorted(folders, key=lambda name: (name == "core", name)):
    run, lines = folders[name]
    print(f"{name:12} {run:6} of {lines:6} lines  {100 * run / lines:5.1f} %")
run, lines = folders["core"]
sys.exit(100 * run < float(sys.argv[2]) * lines)

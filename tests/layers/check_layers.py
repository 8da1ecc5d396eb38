#!/usr/bin/env python3
"""Checks what each folder includes, and what each program links, against allowed.json beside this file.

check_layers.py includes ROOT     every #include in core, models, ui and app of the source tree
check_layers.py programs FOLDER   `readelf -d` of the programs that FOLDER holds
Prints one line a broken rule; status 1 if there is any, 77 when there was nothing to check.
"""
import json
import pathlib
import re
import subprocess
import sys

ALLOWED = pathlib.Path(__file__).with_name("allowed.json")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
TOP_FOLDERS = ("core", "models", "ui", "app")
SOURCES = (".h", ".cpp")


def is_in(path, folder):
    return path == folder or path.startswith(folder + "/")


def row_of(rules, path):
    """The longest folder of the table that holds the file, None if there is none."""
    rows = [name for name in rules["folders"] if is_in(path, name)]
    return max(rows, key=len, default=None)


def fault_of_library(rules, row, path, name):
    for pattern, reason in rules["forbidden"].items():
        if re.fullmatch(pattern, name):
            return reason
    for pattern, reason in rules["only_in_sources"].items():
        if path.endswith(".h") and re.fullmatch(pattern, name):
            return reason
    libraries = rules["everywhere"] + rules["folders"][row]["libraries"]
    if not any(re.fullmatch(rules["libraries"][library], name) for library in libraries):
        return f"{row} may use {', '.join(libraries)}"
    return None


def fault_of_folder(rules, row, name):
    folders = [row] + rules["folders"][row]["folders"]
    if not any(is_in(name, folder) for folder in folders):
        return f"{row} may include {', '.join(folders)}"
    return None


def faults_of_file(rules, path, text):
    """Lines "FILE: includes X: reason" for the file at `path`, relative to the source tree."""
    row = row_of(rules, path)
    if row is None:
        return [f"{path}: its folder is missing from {ALLOWED.name}"]
    faults = []
    for bracket, name in INCLUDE.findall(text):
        fault = fault_of_folder(rules, row, name) if bracket == '"' else fault_of_library(rules, row, path, name)
        if fault:
            faults.append(f"{path}: includes {name}: {fault}")
    return faults


def check_includes(rules, root):
    """@return (number of files, faults)"""
    files = [file for top in TOP_FOLDERS for file in sorted((root / top).rglob("*")) if file.suffix in SOURCES]
    faults = []
    for file in files:
        faults += faults_of_file(rules, file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    return len(files), faults


def faults_of_program(rules, name, dynamic_section):
    """@param dynamic_section  what `readelf -d` printed"""
    needed = re.findall(r"\(NEEDED\).*\[lib([^\]]+)\]", dynamic_section)
    return [f"{name}: links lib{library}, which is not for it"
            for library in needed for unwanted in rules["programs"][name] if library.startswith(unwanted)]


def check_programs(rules, folder):
    """@return (number of programs, faults); programs that are not built are left out"""
    names = [name for name in rules["programs"] if (folder / name).exists()]
    faults = []
    for name in names:
        shown = subprocess.run(["readelf", "-d", folder / name], check=True, capture_output=True, text=True).stdout
        faults += faults_of_program(rules, name, shown)
    return len(names), faults


def main(arguments):
    rules = json.loads(ALLOWED.read_text(encoding="utf-8"))
    check = {"includes": check_includes, "programs": check_programs}[arguments[0]]
    checked, faults = check(rules, pathlib.Path(arguments[1]))
    print("\n".join(faults + [f"{checked} {arguments[0] if arguments[0] == 'programs' else 'files'} checked"]))
    if faults:
        return 1
    return 0 if checked else 77


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Three demo cases with generated strokes, exported, then nnunet_training.py on them with the Python that
RECONTOUR_PEERS_PYTHON names; skipped without.

usage: nnunet_training_test.py RECONTOUR_CLI
"""
import os
import pathlib
import subprocess
import sys
import tempfile

python = os.environ.get("RECONTOUR_PEERS_PYTHON")
if not python:
    print("RECONTOUR_PEERS_PYTHON is not set")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    cases, out = pathlib.Path(folder) / "cases", pathlib.Path(folder) / "out"
    for arguments in (["demo", cases, "--cases", "3", "--spacing", "4,4,4"],
                      ["scribble", "generate", "--labels", cases / "labelsTr", "--out", cases / "scribblesTr"],
                      ["scribble", "export", "--cases", cases, "--out", out, "--format", "all"]):
        subprocess.run([sys.argv[1], *map(str, arguments)], check=True)
    script = pathlib.Path(__file__).parent / "nnunet_training.py"
    subprocess.run([python, script, out], check=True)

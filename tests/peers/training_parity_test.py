"""training_parity.cpp's program, then training_parity.py on what it wrote with the Python that RECONTOUR_PEERS_PYTHON names;
skipped without.

usage: training_parity_test.py TRAINING_PARITY
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
    subprocess.run([sys.argv[1], folder], check=True)
    subprocess.run([python, pathlib.Path(__file__).parent / "training_parity.py", folder], check=True)

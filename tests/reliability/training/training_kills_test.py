"""A training that is killed at random points goes on, and reaches the loss curve and the weights of one that was not.

usage: training_kills_test.py RECONTOUR_CLI      RECONTOUR_RELIABILITY=long: more kills
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KILLS = 100 if os.environ.get("RECONTOUR_RELIABILITY") == "long" else 20
PER_EPOCH = 4


def command(program, folder, out, *more):
    return [program, "train", "--cases", str(folder / "cases"), "--out", str(folder / out), "--network", "resunet2d",
            "--loss", "pce+em+ivm", "--width", "4", "--patch", "32,32", "--spacing", "8,8,8", "--batch", "2", "--epochs",
            "15", "--iterations-per-epoch", str(PER_EPOCH), "--threads", "1", "--seed", "3", *more]


def run(arguments):
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{arguments[1]}: status {done.returncode}: {done.stderr}")


def files_of(folder):
    return [(folder / name).read_bytes() for name in ("curves.csv", "model.ts")]


def kill_after(arguments, seconds):
    """@return whether it was still at work then"""
    program = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        program.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
        program.wait()
        return True
    if program.returncode != 0:
        sys.exit(f"a training that goes on failed: {program.stderr.read()}")
    return False


def main(program):
    dice = random.Random(20221)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.environ.update(XDG_DATA_HOME=f"{name}/data", XDG_CACHE_HOME=f"{name}/cache", XDG_CONFIG_HOME=f"{name}/config")
        run([program, "demo", folder / "cases", "--cases", 3, "--spacing", "8,8,8"])
        run([program, "scribble", "generate", "--labels", folder / "cases/labelsTr", "--out", folder / "cases/scribblesTr"])
        start = time.monotonic()
        run(command(program, folder, "whole"))
        seconds = time.monotonic() - start
        expected = files_of(folder / "whole")
        kills, finished, stopped = 0, 0, False
        while kills < KILLS or stopped:
            limit = dice.uniform(0.05, 0.6) * seconds if kills < KILLS else None
            stopped = kill_after(command(program, folder, "killed", *(["--resume"] if stopped else [])), limit)
            kills += stopped
            if stopped:
                if (folder / "killed").exists():
                    sys.exit("a model folder lies there although the training was killed")
                stopped = (folder / "killed.training").exists()  # killed before there was anything to go on from
                continue
            if files_of(folder / "killed") != expected:
                sys.exit(f"after {kills} kills the curve or the weights are others")
            if (folder / "killed.training").exists():
                sys.exit("a finished training left its folder")
            shutil.rmtree(folder / "killed")
            finished += 1
        print(f"training: {kills} kills, {finished} trainings finished, curve and weights equal in {finished}")


main(sys.argv[1])

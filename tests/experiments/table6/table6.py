#!/usr/bin/env python3
"""The six rows of WORD's Table 6, small and on synthetic CT: the same backbone and settings, only the loss differs. The
configuration, table6.json, was written before the runs; every value is printed, whatever order comes out.

usage: table6.py RECONTOUR_CLI [--equal-hu] [--work FOLDER] [--json FILE]

--equal-hu: neighbouring organs have the same mean HU, where the variance of intensity says nothing.
Exit status 1 where a row does not learn, or dense labels are not above strokes.
"""
import argparse
import csv
import gzip
import json
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import numpy

HERE = pathlib.Path(__file__).parent


class Experiment:
    def __init__(self, program, work, config, equal_hu):
        self.program, self.work, self.config, self.equal_hu = program, work, config, equal_hu
        self.cases = work / "cases"

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, arguments[:2]))}: {done.stderr.strip()}")
        return done.stdout

    def names(self):
        return sorted(path.name.removesuffix(".nii.gz") for path in (self.cases / "imagesTr").iterdir())

    def make_cases(self):
        config = self.config
        count = config["training_cases"] + config["held_back_cases"]
        spacing = ",".join(map(str, config["spacing_mm"]))
        self.run("demo", self.cases, "--cases", count, "--seed", config["first_seed_of_cases"], "--spacing", spacing)
        if self.equal_hu:
            for name in self.names():
                self.level(name)
        strokes = config["scribbles"]
        self.run("scribble", "generate", "--labels", self.cases / "labelsTr", "--out", self.cases / "scribblesTr",
                 "--style", strokes["style"], "--slices", strokes["slices"], "--seed", strokes["seed"])
        names = self.names()
        split = {"training": names[:config["training_cases"]], "validation": names[config["training_cases"]:]}
        (self.work / "split.json").write_text(json.dumps(split))
        self.held_back = split["validation"]

    def level(self, name):
        """Shifts every organ to the same mean HU, in the file."""
        path = self.cases / "imagesTr" / f"{name}.nii.gz"
        head, image = read_nifti(path, "<i2")
        labels = read_nifti(self.cases / "labelsTr" / f"{name}.nii.gz", "u1")[1]
        for label in range(1, 17):
            organ = labels == label
            if organ.any():
                image[organ] += numpy.int16(round(self.config["equal_hu"] - float(image[organ].mean())))
        path.write_bytes(gzip.compress(head + image.tobytes(), 1))

    def train(self, row, seed):
        config, model = self.config, self.work / f"{row['loss']}-{seed}"
        start = time.monotonic()
        self.run("train", "--cases", self.cases, "--split", self.work / "split.json", "--network", config["network"],
                 "--loss", row["loss"], "--out", model, "--width", config["width"], "--batch", config["batch"],
                 "--patch", ",".join(map(str, config["patch"])), "--epochs", config["epochs"],
                 "--iterations-per-epoch", config["iterations_per_epoch"], "--lr", config["learning_rate"],
                 "--optimizer", config["optimizer"], *([] if config["augmentation"] else ["--no-augmentation"]),
                 *self.class_weights(row),
                 "--lambda-em", config["lambda_em"], "--lambda-ivm", config["lambda_ivm"],
                 "--lambda-crf", config["lambda_crf"], "--ramp", config["ramp_epochs"], "--seed", seed)
        seconds = time.monotonic() - start
        curve = list(csv.DictReader((model / "curves.csv").open()))
        losses = [float(point["loss"]) for point in curve]
        part = max(1, len(losses) // 10)
        return {"model": model, "seconds": seconds, "loss_first": statistics.mean(losses[:part]),
                "loss_last": statistics.mean(losses[-part:])}

    @staticmethod
    def class_weights(row):
        """Strokes are about as many in the background as in an organ; of dense labels most are background."""
        weight = row.get("background_weight")
        return [] if weight is None else ["--class-weights", ",".join([str(weight)] + ["1"] * 16)]

    def evaluate(self, trained):
        """DSC by organ, mean over the held-back cases."""
        out = trained["model"].with_suffix(".labels")
        images = [self.cases / "imagesTr" / f"{name}.nii.gz" for name in self.held_back]
        self.run("predict", *images, "--model", trained["model"], "--out", out)
        truth = self.work / "truth"
        if not truth.exists():
            truth.mkdir()
            for name in self.held_back:
                (truth / f"{name}.nii.gz").symlink_to(self.cases / "labelsTr" / f"{name}.nii.gz")
        table = trained["model"].with_suffix(".csv")
        self.run("evaluate", "--truth", truth, "--prediction", out, "--metrics", "dsc", "--csv", table)
        values = {}
        for line in csv.DictReader(table.open()):
            values.setdefault(line["organ"], []).append(float(line["dsc"]))
        return {organ: statistics.mean(found) for organ, found in values.items()}


def read_nifti(path, kind):
    data = gzip.decompress(path.read_bytes())
    offset = int(struct.unpack_from("<f", data, 108)[0])
    return data[:offset], numpy.frombuffer(data, kind, offset=offset).copy()


def spread(values):
    return f"{100 * statistics.mean(values):.1f} ± {100 * statistics.stdev(values):.1f}"


def print_table(rows, organs):
    print("DSC (%), mean ± SD over the seeds of the mean over the held-back cases; synthetic CT\n")
    print("| organ | " + " | ".join(row["name"] for row in rows) + " |")
    print("| --- |" + " --- |" * len(rows))
    for organ in organs:
        print(f"| {organ} | " + " | ".join(spread([run["dsc"][organ] for run in row["runs"]]) for row in rows) + " |")
    print("| **mean** | " + " | ".join(spread([run["mean"] for run in row["runs"]]) for row in rows) + " |\n")
    for row in rows:
        for run in row["runs"]:
            print(f"{row['name']}, seed {run['seed']}: mean DSC {run['mean']:.4f}, loss {run['loss_first']:.4f} -> "
                  f"{run['loss_last']:.4f}, {run['seconds']:.0f} s")


def judge(rows, passes):
    """What does not hold, one sentence each."""
    mean = {row["loss"]: statistics.mean(run["mean"] for run in row["runs"]) for row in rows}
    wrong = [f"{row['name']}, seed {run['seed']}, does not lower its loss" for row in rows for run in row["runs"]
             if not run["loss_last"] < run["loss_first"]]
    if mean["pce"] < passes["pce_mean_dsc_at_least"]:
        wrong.append(f"pCE does not learn: mean DSC {mean['pce']:.3f}")
    if mean["ce-dice"] - mean["pce"] < passes["dense_above_pce_by"]:
        wrong.append(f"dense labels ({mean['ce-dice']:.3f}) are not above strokes ({mean['pce']:.3f}) by a clear margin")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--equal-hu", action="store_true")
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    config = json.loads((HERE / "table6.json").read_text())
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or pathlib.Path(temporary)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        experiment = Experiment(options.program, work, config, options.equal_hu)
        experiment.make_cases()
        for row in config["rows"]:
            row["runs"] = []
            for seed in config["seeds"]:
                trained = experiment.train(row, seed)
                dsc = experiment.evaluate(trained)
                row["runs"].append({"seed": seed, "dsc": dsc, "mean": statistics.mean(dsc.values()),
                                    **{key: trained[key] for key in ("seconds", "loss_first", "loss_last")}})
                print(f"{row['name']}, seed {seed}: {row['runs'][-1]['mean']:.4f}", file=sys.stderr, flush=True)
    print_table(config["rows"], list(config["rows"][0]["runs"][0]["dsc"]))
    print(f"\n{(time.monotonic() - start) / 60:.1f} minutes" + (", organs of equal HU" if options.equal_hu else ""))
    if options.json:
        options.json.write_text(json.dumps(config["rows"], indent=1))
    wrong = judge(config["rows"], config["passes"])
    for sentence in wrong:
        print(sentence)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The shipped model and a new one on the same table, organ by organ: synthetic CT of held-back label maps, and real CT.

usage: compare.py RECONTOUR_CLI SHIPPED NEW [--synthetic-case PROGRAM] [--work FOLDER] [--json FILE] [--allow-unsandboxed]

Data are found through RECONTOUR_DATA. PROGRAM is `synthetic_case` of the build; without it the synthetic columns are
left out, which is said. Columns:

    synthetic venous, none   mean over the label maps 0024, 0050, 0076, which no training of the shipped model has seen;
                             patients and scans are the same for both models. Measures anatomy, not realism
    real                     ct_totalsegmentator/example_ct against TotalSegmentator's labels of slices 82..111
    real DICOM               example_ct_dicom, 20 slices, against TotalSegmentator's labels
    agreement                ct_lits0 with another network's contours, which are no truth: never a reason by itself

The last lines say where the new model is better and worse; exit status 1 where the mean on real CT or on synthetic CT is
lower, so that "replaced only if better" is a matter of record.
"""
import argparse
import gzip
import json
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile

import numpy

ORGANS = ("liver", "spleen", "kidney_left", "kidney_right", "stomach", "gallbladder", "esophagus", "pancreas", "duodenum", "colon",
          "intestine", "adrenal", "rectum", "bladder", "head_of_femur_left", "head_of_femur_right")
# TotalSegmentator's classes as WORD's organs. Its femora are whole bones, so that the heads are left out.
TOTALSEGMENTATOR = {5: 1, 1: 2, 3: 3, 2: 4, 6: 5, 4: 6, 15: 7, 7: 8, 19: 9, 20: 10, 18: 11, 8: 12, 9: 12, 21: 14}
HELD_BACK = ("word_0024", "word_0050", "word_0076")
LABELLED_SLICES = slice(82, 112)  # example_seg says it starts where the CT does, but was cut from here
KINDS = {2: "u1", 4: "<i2", 8: "<i4", 16: "<f4", 64: "<f8", 256: "i1", 512: "<u2", 768: "<u4"}


def read_nifti(path):
    """@return the array (x, y, z) and the 4 x 4 matrix from indices to RAS mm"""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    size = struct.unpack_from("<3h", data, 42)
    kind = KINDS[struct.unpack_from("<h", data, 70)[0]]
    offset = int(struct.unpack_from("<f", data, 108)[0])
    array = numpy.frombuffer(data, kind, numpy.prod(size), offset).reshape(size, order="F")
    return array, affine_of(data)


def affine_of(data):
    qform, sform = struct.unpack_from("<2h", data, 252)
    affine = numpy.eye(4)
    if sform > 0:
        affine[:3] = numpy.array(struct.unpack_from("<12f", data, 280)).reshape(3, 4)
    elif qform > 0:
        b, c, d, *offset = struct.unpack_from("<6f", data, 256)
        a = max(0.0, 1 - b * b - c * c - d * d) ** 0.5
        turn = numpy.array([[a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
                            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
                            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c]])
        flip, *spacing = struct.unpack_from("<4f", data, 76)
        affine[:3, :3] = turn * [spacing[0], spacing[1], spacing[2] * (-1 if flip < 0 else 1)]
        affine[:3, 3] = offset
    return affine


def on_grid(array, affine, shape, target):
    """The array at the voxels of another grid whose axes run along the same lines, nearest voxel; 0 outside."""
    step = numpy.linalg.inv(affine) @ target
    axes = [int(numpy.argmax(numpy.abs(step[row, :3]))) for row in range(3)]  # target's axis that each of its own runs along
    if sorted(axes) != [0, 1, 2]:
        sys.exit("the grids of a label map and its CT lie askew")
    result = numpy.zeros(shape, array.dtype)
    own, inside = [], []
    for row, axis in enumerate(axes):
        index = numpy.round(step[row, axis] * numpy.arange(shape[axis]) + step[row, 3]).astype(int)
        there = (index >= 0) & (index < array.shape[row])
        own.append(index[there])
        inside.append(numpy.flatnonzero(there))
    part = numpy.transpose(array[numpy.ix_(*own)], numpy.argsort(axes))
    result[numpy.ix_(*(inside[axes.index(axis)] for axis in range(3)))] = part
    return result


def as_word(labels):
    table = numpy.zeros(256, "u1")
    for theirs, ours in TOTALSEGMENTATOR.items():
        table[theirs] = ours
    return table[labels]


def dsc_by_organ(predicted, truth):
    """Of organs that the truth has."""
    scores = {}
    for label, organ in enumerate(ORGANS, 1):
        a, b = predicted == label, truth == label
        if b.any():
            scores[organ] = 2 * int((a & b).sum()) / int(a.sum() + b.sum())
    return scores


class Comparison:
    def __init__(self, options, data, work):
        self.options, self.data, self.work = options, data, work
        # What is trusted here is no matter of the user's own settings.
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(work / "config"), "XDG_CACHE_HOME": str(work / "cache")}
        self.scores = {"shipped": {}, "new": {}}

    def run(self, *arguments):
        done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            sys.exit(f"{' '.join(str(one) for one in arguments[:3])}: {done.stderr.strip()}")

    def predict(self, case, which):
        out = self.work / f"{which}.nii.gz"
        out.unlink(missing_ok=True)
        more = ["--allow-unsandboxed"] if self.options.allow_unsandboxed else []
        self.run(self.options.program, "predict", case, "--model", getattr(self.options, which), "--out", out, "--trust-model", *more)
        return read_nifti(out)

    def add(self, column, case, truth, truth_affine, part=None):
        """@param part  slices of the CT that the truth is of; else the grids say how they lie"""
        for which, columns in self.scores.items():
            predicted, affine = self.predict(case, which)
            if part is not None:
                scores = dsc_by_organ(predicted[:, :, part], truth)
            else:
                scores = dsc_by_organ(predicted, on_grid(truth, truth_affine, predicted.shape, affine))
            columns.setdefault(column, []).append(scores)
        print(f"{column}: {case.name}", file=sys.stderr)

    def add_synthetic(self, phase):
        for name in HELD_BACK:
            ct, organs = self.work / f"{name}.{phase}.nii.gz", self.work / f"{name}.organs.nii.gz"
            self.run(self.options.synthetic_case, self.data / "word_labels" / f"{name}.nii.gz", ct, organs, phase)
            self.add(f"synthetic {phase}", ct, *read_nifti(organs))

    def add_real(self):
        folder = self.data / "ct_totalsegmentator"
        truth, affine = read_nifti(folder / "example_seg.nii.gz")
        self.add("real", folder / "example_ct.nii.gz", as_word(truth), affine, LABELLED_SLICES)
        truth, affine = read_nifti(folder / "example_seg_dicom.nii.gz")
        self.add("real DICOM", folder / "example_ct_dicom", as_word(truth), affine)
        lits = self.data / "ct_lits0"
        contours, affine = read_nifti(lits / "lits0_obelisk_fold1_wordids.nii.gz")
        self.add("agreement", lits / "lits0_ct_256x256x75.nii.gz", contours, affine)

    def means(self):
        """{model: {column: {organ: DSC}}}, with the mean over organs as "mean"."""
        table = {}
        for which, columns in self.scores.items():
            table[which] = {}
            for column, cases in columns.items():
                rows = {organ: statistics.mean(case[organ] for case in cases if organ in case) for organ in ORGANS
                        if any(organ in case for case in cases)}
                table[which][column] = {**rows, "mean": statistics.mean(rows.values())}
        return table


def print_table(table):
    columns = list(table["shipped"])
    print("DSC, shipped / new\n")
    print("| organ | " + " | ".join(columns) + " |")
    print("| --- |" + " --- |" * len(columns))
    for organ in (*ORGANS, "mean"):
        cells = [f"{table['shipped'][column][organ]:.3f} / {table['new'][column][organ]:.3f}" if organ in table["shipped"][column] else "-"
                 for column in columns]
        print(f"| {organ} | " + " | ".join(cells) + " |")


def judge(table):
    """@return the columns other than agreement where the mean of the new model is lower"""
    worse = []
    for column, rows in table["shipped"].items():
        gain = table["new"][column]["mean"] - rows["mean"]
        better = sum(table["new"][column][organ] > value for organ, value in rows.items() if organ != "mean")
        lower = sum(table["new"][column][organ] < value for organ, value in rows.items() if organ != "mean")
        print(f"{column}: mean {gain:+.4f}; {better} organs better, {lower} worse of {len(rows) - 1}")
        if gain < 0 and column != "agreement":
            worse.append(column)
    return worse


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0], description=__doc__.split("\n")[0])
    for name in ("program", "shipped", "new"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--synthetic-case", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--allow-unsandboxed", action="store_true")
    options = parser.parse_args()
    if "RECONTOUR_DATA" not in os.environ:
        sys.exit("set RECONTOUR_DATA to the folder of test data")
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        comparison = Comparison(options, pathlib.Path(os.environ["RECONTOUR_DATA"]), work)
        if options.synthetic_case:
            comparison.add_synthetic("venous")
            comparison.add_synthetic("none")
        else:
            print("no --synthetic-case: nothing is measured on synthetic CT", file=sys.stderr)
        comparison.add_real()
        table = comparison.means()
    print_table(table)
    print()
    worse = judge(table)
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()

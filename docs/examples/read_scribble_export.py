#!/usr/bin/env python3
"""Loads what `recontour-cli scribble export` wrote, each layout as its training code does, and says what is in it.

usage: read_scribble_export.py FOLDER     Debian: python3-nibabel, and python3-h5py for WSL4MIS
"""
import csv
import json
import pathlib
import sys

import nibabel
import numpy


def load(path):
    image = nibabel.load(path)
    return numpy.asarray(image.dataobj), image.affine


def read_nnunet(folder):
    for dataset in sorted(folder.glob("Dataset*")):
        labels = json.loads((dataset / "dataset.json").read_text())["labels"]
        for path in sorted((dataset / "labelsTr").glob("*.nii.gz")):
            image = dataset / "imagesTr" / path.name.replace(".nii.gz", "_0000.nii.gz")
            yield path.name, load(image), load(path), labels["ignore"]


def read_word(folder):
    for path in sorted((folder / "scribblesTr").glob("*.nii.gz")):
        yield path.name, load(folder / "imagesTr" / path.name), load(path), 255


def read_monai(folder):
    for entry in json.loads((folder / "datalist.json").read_text())["training"]:
        yield entry["label"], load(folder / entry["image"]), load(folder / entry["label"]), 255


def read_pymic(folder):
    for row in csv.DictReader((folder / "config/data/image_train.csv").open()):
        root = folder / "preprocess"
        label = load(root / row["label"])
        yield row["label"], load(root / row["image"]), label, 17


def read_wsl4mis(folder):
    import h5py

    for path in sorted((folder / "ACDC_training_volumes").glob("*.h5")):
        with h5py.File(path) as file:
            image, scribble = file["image"][:], file["scribble"][:]
        assert image.dtype == numpy.float32 and 0 <= image.min() and image.max() <= 1, path
        yield path.name, (image, None), (scribble, None), 17


LAYOUTS = {"nnUNet_raw": read_nnunet, "WORD": read_word, "PyMIC": read_pymic, "WSL4MIS": read_wsl4mis, "MONAI": read_monai}


def main(folder):
    for name, read in LAYOUTS.items():
        if not (folder / name).is_dir():
            continue
        for case, (image, image_affine), (strokes, affine), unlabelled in read(folder / name):
            assert image.shape == strokes.shape, (name, case)
            assert image_affine is None or numpy.allclose(image_affine, affine), (name, case)
            values = sorted(int(value) for value in numpy.unique(strokes))
            print(f"{name} {case}: {strokes.dtype} {values}, {(strokes != unlabelled).mean():.4%} of the voxels drawn")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

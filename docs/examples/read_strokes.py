#!/usr/bin/env python3
"""Reads the strokes of a scribbles.json: how many and how long they are by organ and reader; with their map beside, how
many of their points lie on a voxel of their label: all but those that a later line goes over.

usage: read_strokes.py scribbles.json [scribbles.nii.gz]     Debian: python3-nibabel
"""
import json
import math
import sys

import nibabel
import numpy


def read_strokes(path):
    content = json.load(open(path))
    assert content["format"] == "recontour-scribbles" and content["version"] == 1, path
    return [stroke for stroke in content["strokes"] if stroke["erased_by"] is None]


def length_mm(stroke):
    points = stroke["points_mm"]
    return sum(math.dist(a, b) for a, b in zip(points, points[1:]))


def labels_under(stroke, image):
    """Of the voxels below its points. NIfTI's world is RAS, the strokes' is LPS: x and y have the other sign."""
    to_voxel = numpy.linalg.inv(image.affine)
    labels = numpy.asarray(image.dataobj)
    for x, y, z in stroke["points_mm"]:
        i, j, k = numpy.rint((to_voxel @ (-x, -y, z, 1))[:3]).astype(int)
        yield int(labels[i, j, k])


def main():
    strokes = read_strokes(sys.argv[1])
    groups = {}
    for stroke in strokes:
        groups.setdefault((stroke["organ"], stroke["reader"]), []).append(stroke)
    for (organ, reader), some in groups.items():
        print(f"{organ} by {reader}: {len(some)} strokes, {sum(map(length_mm, some)):.1f} mm")
    if len(sys.argv) > 2:
        image = nibabel.load(sys.argv[2])
        own = [label == stroke["label"] for stroke in strokes for label in labels_under(stroke, image)]
        print(f"{sum(own)} of {len(own)} points lie on their label")


main()

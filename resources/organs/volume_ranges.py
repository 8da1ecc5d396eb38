#!/usr/bin/env python3
"""Prints the least and largest volume of each label over label maps: the "volume_ml" of an organ table.

usage: volume_ranges.py LABELS.nii.gz...        needs numpy and nibabel (Debian: python3-nibabel)

Those of word.json come from 20 of the 30 test label maps of WORD V0.1.0 that https://github.com/HiLab-git/WORD
publishes: word_0014, 0016, 0017, 0019, 0021, 0023, 0024, 0033, 0034, 0037, 0043, 0050, 0052, 0054, 0057, 0060, 0069,
0074, 0076, 0077. Labels that a map lacks are left out of its range.
"""
import sys

import nibabel
import numpy

volumes = {}
for name in sys.argv[1:]:
    image = nibabel.load(name)
    voxel_ml = float(numpy.prod(image.header.get_zooms()[:3])) / 1000
    counts = numpy.bincount(numpy.asarray(image.dataobj).astype(numpy.uint8).ravel())
    for label in numpy.flatnonzero(counts)[1:]:
        volumes.setdefault(int(label), []).append(counts[label] * voxel_ml)
for label, values in sorted(volumes.items()):
    print(f'{label}: "volume_ml": [{min(values):.1f}, {max(values):.1f}] over {len(values)} maps')

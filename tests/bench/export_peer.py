"""The labels that nnU-Net gets of a case, by numpy and nibabel: prints the seconds.

usage: export_peer.py CASES OUT NAME
"""
import os
import pathlib
import sys
import time

import nibabel
import numpy

cases, out, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3] + ".nii.gz"
start = time.perf_counter()
for folder in ("imagesTr", "labelsTr", "labelsTr_dense"):
    (out / folder).mkdir(parents=True)
os.link(cases / "imagesTr" / name, out / "imagesTr" / name.replace(".nii.gz", "_0000.nii.gz"))
for source, target in (("scribblesTr", "labelsTr"), ("labelsTr", "labelsTr_dense")):
    image = nibabel.load(cases / source / name)
    labels = numpy.asarray(image.dataobj).astype(numpy.uint8)
    labels[labels == 255] = 17
    nibabel.save(nibabel.Nifti1Image(labels, image.affine), out / target / name)
print(time.perf_counter() - start)

"""DSC and HD95 by numpy and scipy: erosion and Euclidean distance transform, as WORD's script goes about it.

metrics_peer.py TRUTH PREDICTION NX NY NZ SX SY SZ full|crop LABEL...   (raw uint8 maps, x fastest; spacing in mm)
Prints a line a label: label dsc hd95 seconds. `full` works on the whole volume, `crop` on the box of both masks.
"""
import sys
import time

import numpy
from scipy import ndimage


def border(mask):
    return mask ^ ndimage.binary_erosion(mask)


def box_of(mask):
    return tuple(slice(numpy.flatnonzero(mask.any(axis=other))[0], numpy.flatnonzero(mask.any(axis=other))[-1] + 1)
                 for other in ((1, 2), (0, 2), (0, 1)))


def hd95(a, b, spacing, crop):
    if crop:
        box = box_of(a | b)
        a, b = a[box], b[box]
    border_a, border_b = border(a), border(b)
    from_a = ndimage.distance_transform_edt(~border_b, sampling=spacing)[border_a]
    from_b = ndimage.distance_transform_edt(~border_a, sampling=spacing)[border_b]
    return numpy.percentile(numpy.hstack((from_a, from_b)), 95)


def main(arguments):
    shape = tuple(int(n) for n in reversed(arguments[2:5]))
    spacing = tuple(float(s) for s in reversed(arguments[5:8]))
    truth, prediction = (numpy.fromfile(name, numpy.uint8).reshape(shape) for name in arguments[:2])
    for label in (int(text) for text in arguments[9:]):
        start = time.process_time()
        a, b = truth == label, prediction == label
        dsc = 2.0 * numpy.count_nonzero(a & b) / float(numpy.count_nonzero(a) + numpy.count_nonzero(b))
        distance = hd95(a, b, spacing, arguments[8] == "crop")
        print(label, repr(float(dsc)), repr(float(distance)), time.process_time() - start, flush=True)


main(sys.argv[1:])

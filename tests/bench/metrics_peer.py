"""Metrics of organs by numpy and scipy: erosion, correlation and Euclidean distance transforms, as WORD's script,
MedPy and surface-distance go about it.

metrics_peer.py TRUTH PREDICTION AREAS NX NY NZ SX SY SZ full|crop LABEL...
(raw uint8 maps, x fastest; 256 float64 areas of surface cells by their code; spacing in mm)
Prints a line a label: label dsc hd95 hd assd nsd(1, 2, 3 mm) apl_voxels seconds. `full` works on the whole volume,
`crop` on the box of both masks.
"""
import sys
import time

import numpy
from scipy import ndimage

CODES = numpy.array([[[128, 64], [32, 16]], [[8, 4], [2, 1]]])
CROSS = numpy.array([[[0, 1, 0], [1, 1, 1], [0, 1, 0]]], bool)


def border(mask):
    return mask ^ ndimage.binary_erosion(mask)


def contour(mask):
    """Of each slice across axis 0."""
    return mask ^ ndimage.binary_erosion(mask, CROSS)


def box_of(mask):
    return tuple(slice(numpy.flatnonzero(mask.any(axis=other))[0], numpy.flatnonzero(mask.any(axis=other))[-1] + 1)
                 for other in ((1, 2), (0, 2), (0, 1)))


def distances(a, b, spacing):
    """From each voxel of a to the nearest of b, and back."""
    return (ndimage.distance_transform_edt(~b, sampling=spacing)[a],
            ndimage.distance_transform_edt(~a, sampling=spacing)[b])


def surface_dsc(a, b, spacing, areas, tolerances):
    a, b = (numpy.pad(mask, ((0, 1),) * 3) for mask in (a, b))
    code_a, code_b = (ndimage.correlate(mask.astype(numpy.uint8), CODES, mode="constant", cval=0) for mask in (a, b))
    cells_a, cells_b = ((code != 0) & (code != 255) for code in (code_a, code_b))
    from_a, from_b = distances(cells_a, cells_b, spacing)
    area_a, area_b = areas[code_a[cells_a]], areas[code_b[cells_b]]
    whole = area_a.sum() + area_b.sum()
    return [(area_a[from_a <= t].sum() + area_b[from_b <= t].sum()) / whole for t in tolerances]


def measure(a, b, spacing, areas):
    """Of truth a and prediction b."""
    from_a, from_b = distances(border(a), border(b), spacing)
    pool = numpy.hstack((from_a, from_b))
    path = numpy.count_nonzero(contour(a) & ~contour(b))
    return [numpy.percentile(pool, 95), pool.max(), (from_a.mean() + from_b.mean()) / 2,
            *surface_dsc(a, b, spacing, areas, (1, 2, 3)), path]


def main(arguments):
    shape = tuple(int(n) for n in reversed(arguments[3:6]))
    spacing = tuple(float(s) for s in reversed(arguments[6:9]))
    truth, prediction = (numpy.fromfile(name, numpy.uint8).reshape(shape) for name in arguments[:2])
    areas = numpy.fromfile(arguments[2], numpy.float64)
    for label in (int(text) for text in arguments[10:]):
        start = time.process_time()
        a, b = truth == label, prediction == label
        dsc = 2.0 * numpy.count_nonzero(a & b) / float(numpy.count_nonzero(a) + numpy.count_nonzero(b))
        if arguments[9] == "crop":
            box = box_of(a | b)
            a, b = a[box], b[box]
        figures = [dsc, *measure(a, b, spacing, areas)]
        print(label, *(repr(float(figure)) for figure in figures), time.process_time() - start, flush=True)


main(sys.argv[1:])

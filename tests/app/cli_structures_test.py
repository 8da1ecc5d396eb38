"""recontour-cli convert: label maps, RTSTRUCT and SEG in every direction, read back by pydicom and judged by dciodvfy.

usage: cli_structures_test.py RECONTOUR_CLI
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import nibabel
import numpy
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

CLI = sys.argv[1]
DATA = os.environ.get("RECONTOUR_DATA")
CT, ROOT = "1.2.840.10008.5.1.4.1.1.2", "1.2.826.0.1.3680043.2.1."
SIZE, SPACING, ORIGIN = (30, 24, 7), (0.8, 1.1, 2.5), (-12.0, 30.5, -101.0)
LIVER, SPLEEN, KIDNEY_LEFT = 1, 2, 3


def run(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)


def write_ct(folder):
    folder.mkdir()
    for z in range(SIZE[2]):
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = CT, ROOT + f"3.{z + 1}"
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        ds.is_little_endian, ds.is_implicit_VR = True, False
        ds.SpecificCharacterSet = "ISO_IR 100"
        ds.SOPClassUID, ds.SOPInstanceUID = CT, ROOT + f"3.{z + 1}"
        ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = ROOT + "1", ROOT + "2", ROOT + "4"
        ds.Modality, ds.PatientName, ds.PatientID = "CT", "Müller^Jörg", "42"
        ds.PatientBirthDate = ds.PatientSex = ds.AccessionNumber = ds.ReferringPhysicianName = ds.StudyID = ""
        ds.StudyDate, ds.StudyTime = "20260101", "101010"
        ds.ImagePositionPatient = [ORIGIN[0], ORIGIN[1], ORIGIN[2] + SPACING[2] * z]
        ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        ds.PixelSpacing, ds.SliceThickness = [SPACING[1], SPACING[0]], SPACING[2]
        ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = SIZE[1], SIZE[0], 1, "MONOCHROME2"
        ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 1
        ds.RescaleSlope, ds.RescaleIntercept = 1, 0
        ds.PixelData = numpy.full((SIZE[1], SIZE[0]), 40 - 90 * (z == 0), "<i2").tobytes()
        ds.save_as(folder / f"{z}.dcm", write_like_original=False)


def write_labels(path, labels):
    affine = numpy.diag([-SPACING[0], -SPACING[1], SPACING[2], 1.0])
    affine[:3, 3] = [-ORIGIN[0], -ORIGIN[1], ORIGIN[2]]
    nibabel.save(nibabel.Nifti1Image(labels, affine), path)


def read_labels(path):
    return numpy.asarray(nibabel.load(path).dataobj)


def organs():
    """A liver with a hole and a spleen on its edge, a kidney of one voxel and one at the border."""
    labels = numpy.zeros(SIZE, numpy.uint8)
    labels[4:20, 4:18, 1:6] = LIVER
    labels[8:12, 8:12, 2:4] = 0
    labels[9, 9, 3] = LIVER
    labels[20:26, 4:18, 1:6] = SPLEEN
    labels[28, 20, 4] = KIDNEY_LEFT
    labels[29, 23, 6] = KIDNEY_LEFT
    return labels


def inside(points, x, y):
    """Even-odd, told by somebody who does not know our code."""
    result = numpy.zeros(x.shape, bool)
    for (x0, y0), (x1, y1) in zip(points, numpy.roll(points, -1, axis=0)):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        result ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return result


def voxels_of_rtstruct(path):
    """By ROI name."""
    ds = pydicom.dcmread(path)
    names = {roi.ROINumber: roi.ROIName for roi in ds.StructureSetROISequence}
    x, y = numpy.meshgrid(ORIGIN[0] + SPACING[0] * numpy.arange(SIZE[0]), ORIGIN[1] + SPACING[1] * numpy.arange(SIZE[1]), indexing="ij")
    found = {}
    for roi in ds.ROIContourSequence:
        voxels = found.setdefault(names[roi.ReferencedROINumber], numpy.zeros(SIZE, bool))
        for contour in roi.ContourSequence:
            points = numpy.array(contour.ContourData, float).reshape(-1, 3)
            assert len(points) == contour.NumberOfContourPoints
            z = round((points[0, 2] - ORIGIN[2]) / SPACING[2])
            assert numpy.allclose(points[:, 2], ORIGIN[2] + SPACING[2] * z)
            assert contour.ContourImageSequence[0].ReferencedSOPInstanceUID == ROOT + f"3.{z + 1}"
            voxels[:, :, z] ^= inside(points[:, :2], x, y)
    return found


def errors_of(path):
    checked = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, timeout=60)
    return [line for line in (checked.stdout + checked.stderr).splitlines() if line.startswith("Error")]


class Structures(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)
        write_ct(self.path / "ct")
        write_labels(self.path / "labels.nii.gz", organs())

    def convert(self, source, target, *options):
        done = run("convert", self.path / source, self.path / target, "--ct", self.path / "ct", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_a_label_map_becomes_a_structure_set_that_others_read_alike(self):
        for style in (["sub-voxel", "keyhole"], ["voxel-edge", "keyhole"], ["sub-voxel", "xor"], ["voxel-edge", "xor"]):
            self.convert("labels.nii.gz", "set.dcm", "--contours", style[0], "--holes", style[1])
            # The checker is older than the type of contour (PS3.3 2024).
            errors = [error for error in errors_of(self.path / "set.dcm") if "CLOSEDPLANAR_XOR" not in error]
            self.assertEqual(errors, [])
            voxels = voxels_of_rtstruct(self.path / "set.dcm")
            self.assertEqual(sorted(voxels), ["Kidney_L", "Liver", "Spleen"])
            for name, label in (("Liver", LIVER), ("Spleen", SPLEEN), ("Kidney_L", KIDNEY_LEFT)):
                self.assertTrue((voxels[name] == (organs() == label)).all(), (style, name))
            self.convert("set.dcm", "back.nii.gz")
            self.assertTrue((read_labels(self.path / "back.nii.gz") == organs()).all())

    def test_a_structure_set_says_what_it_is(self):
        self.convert("labels.nii.gz", "set.dcm")
        ds = pydicom.dcmread(self.path / "set.dcm")
        self.assertEqual(ds.ApprovalStatus, "UNAPPROVED")
        self.assertEqual(str(ds.PatientName), "Müller^Jörg")
        self.assertEqual(ds.StudyInstanceUID, ROOT + "1")
        series = ds.ReferencedFrameOfReferenceSequence[0].RTReferencedStudySequence[0].RTReferencedSeriesSequence[0]
        self.assertEqual(len(series.ContourImageSequence), SIZE[2])
        kidney = ds.RTROIObservationsSequence[2]
        self.assertEqual(kidney.RTROIInterpretedType, "ORGAN")
        self.assertEqual(kidney.RTROIIdentificationCodeSequence[0].CodeValue, "64033007")

    def test_a_seg_and_a_structure_set_become_one_another(self):
        self.convert("labels.nii.gz", "seg.dcm", "--to", "seg")
        self.assertEqual(errors_of(self.path / "seg.dcm"), [])
        self.convert("seg.dcm", "set.dcm")
        self.convert("set.dcm", "again.dcm", "--to", "seg")
        self.convert("again.dcm", "back.nii.gz")
        self.assertTrue((read_labels(self.path / "back.nii.gz") == organs()).all())
        done = run("convert", self.path / "seg.dcm", self.path / "own.nrrd")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_names_that_are_not_sure_are_told_and_can_be_said(self):
        self.convert("labels.nii.gz", "set.dcm")
        ds = pydicom.dcmread(self.path / "set.dcm")
        ds.StructureSetROISequence[0].ROIName = "Lliver"
        ds.StructureSetROISequence[1].ROIName = "PTV 60"
        for observation in ds.RTROIObservationsSequence:
            del observation.RTROIIdentificationCodeSequence
        ds.save_as(self.path / "set.dcm")
        told = self.convert("set.dcm", "back.nii.gz")
        self.assertIn('say --roi "Lliver=liver"', told)
        self.assertIn("ROI PTV 60 is no organ of the table word and is left out", told)
        self.assertEqual(sorted(numpy.unique(read_labels(self.path / "back.nii.gz"))), [0, KIDNEY_LEFT])
        self.convert("set.dcm", "back.nii.gz", "--roi", "Lliver=liver", "--roi", "PTV 60=spleen")
        self.assertTrue((read_labels(self.path / "back.nii.gz") == organs()).all())

    def test_an_overlap_is_refused_with_what_each_pair_would_lose(self):
        self.convert("labels.nii.gz", "set.dcm", "--contours", "voxel-edge")
        ds = pydicom.dcmread(self.path / "set.dcm")
        ds.ROIContourSequence[1].ContourSequence = ds.ROIContourSequence[0].ContourSequence[:1]  # the spleen lies in the liver
        ds.save_as(self.path / "set.dcm")
        done = run("convert", self.path / "set.dcm", self.path / "back.nii.gz", "--ct", self.path / "ct")
        self.assertEqual(done.returncode, 3)
        self.assertIn("Spleen loses 0.493 mL to Liver", done.stderr)
        self.assertFalse((self.path / "back.nii.gz").exists())
        self.convert("set.dcm", "back.nii.gz", "--on-overlap", "smallest")
        self.assertEqual((read_labels(self.path / "back.nii.gz") == SPLEEN).sum(), 16 * 14)

    def test_what_cannot_be_converted_is_one_line(self):
        self.convert("labels.nii.gz", "set.dcm")
        done = run("convert", self.path / "set.dcm", self.path / "back.nii.gz")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (3, 1))
        self.assertIn("give the CT's grid with --ct", done.stderr)
        done = run("convert", self.path / "ct", self.path / "out.dcm", "--ct", self.path / "ct")
        self.assertEqual(done.returncode, 3)
        self.assertIn("holds no structures", done.stderr)
        other = pydicom.dcmread(self.path / "set.dcm")
        other.ReferencedFrameOfReferenceSequence[0].FrameOfReferenceUID = "1.2.3"
        other.FrameOfReferenceUID = "1.2.3"
        for roi in other.StructureSetROISequence:
            roi.ReferencedFrameOfReferenceUID = "1.2.3"
        other.save_as(self.path / "other.dcm")
        done = run("convert", self.path / "other.dcm", self.path / "back.nii.gz", "--ct", self.path / "ct")
        self.assertEqual(done.returncode, 3)
        self.assertIn("another frame of reference", done.stderr)
        self.assertEqual([path.name for path in self.path.glob("back*")], [])

    @unittest.skipUnless(DATA, "RECONTOUR_DATA is not set")
    def test_real_cts_get_structure_sets_without_an_error(self):
        folder = pathlib.Path(DATA)
        cases = [(folder / "rtstruct/pycerr_pat_1/DCM_RS_00060.dcm", folder / "rtstruct/pycerr_pat_1", ["--roi", "GTV-1=liver"]),
                 (folder / "dicom_seg/dcmqi/liver.dcm", folder / "dicom_seg/dcmqi/ct-3slice", []),
                 (folder / "ct_lits0/lits0_obelisk_fold1_wordids.nii.gz", folder / "ct_lits0/lits0_ct_256x256x75.nii.gz", [])]
        for source, ct, options in cases:
            for to in ("rtstruct", "seg"):
                done = run("convert", source, self.path / "out.dcm", "--ct", ct, "--to", to, *options)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(errors_of(self.path / "out.dcm"), [], (source, to))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

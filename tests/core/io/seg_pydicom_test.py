"""A SEG that Recontour writes, as pydicom and dciodvfy see it; one that pydicom writes, as Recontour reads it.

seg_pydicom_test.py PROGRAM  (built from seg_program.cpp)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRBigEndian, ExplicitVRLittleEndian

PROGRAM = sys.argv[1]
COLUMNS, ROWS, SLICES = 21, 13, 5  # a frame has no whole number of bytes
SPACING_MM = (0.9, 0.8, 2.5)  # between rows, columns, slices
NORMAL = (0, -0.6, 0.8)


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [int(number) for number in done.stdout.split()]


def voxels(raw, printed):
    segments, x, y, z = printed
    return numpy.fromfile(raw, numpy.uint8).reshape(segments, z, y, x)


def ct_slice(number):
    """Slice `number` along NORMAL, of a patient whose name is not ASCII."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = f'1.2.3.7.{number}'
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ct = FileDataset(None, {}, file_meta=meta, preamble=bytes(128), is_little_endian=True, is_implicit_VR=False)
    ct.SpecificCharacterSet = 'ISO_IR 100'
    ct.SOPClassUID, ct.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    ct.PatientName, ct.PatientID, ct.PatientSex = 'M\xfcller^J\xf6rg', 'P7', 'M'
    ct.PatientBirthDate, ct.StudyDate, ct.StudyTime = '19600102', '20250203', '101112'
    ct.StudyID, ct.AccessionNumber, ct.ReferringPhysicianName = '4', '44', ''
    ct.StudyInstanceUID, ct.SeriesInstanceUID, ct.FrameOfReferenceUID = '1.2.3.4', '1.2.3.5', '1.2.3.6'
    ct.Modality, ct.InstanceNumber = 'CT', str(100 - number)
    ct.ImageOrientationPatient = [1, 0, 0, 0, 0.8, 0.6]
    ct.ImagePositionPatient = [-10, *(20 + SPACING_MM[2] * number * part for part in NORMAL[1:])]
    ct.PixelSpacing, ct.SliceThickness = list(SPACING_MM[:2]), '2.5'
    ct.Rows, ct.Columns, ct.SamplesPerPixel, ct.PhotometricInterpretation = ROWS, COLUMNS, 1, 'MONOCHROME2'
    ct.BitsAllocated, ct.BitsStored, ct.HighBit, ct.PixelRepresentation = 16, 16, 15, 1
    ct.RescaleSlope, ct.RescaleIntercept = 1, 0
    ct.PixelData = numpy.full((ROWS, COLUMNS), 40, numpy.int16).tobytes()
    return ct


class SegPydicomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = cls.path = pathlib.Path(cls.folder.name)
        (path / 'ct').mkdir()
        cls.slices = [ct_slice(number) for number in range(SLICES)]
        for number, ct in enumerate(cls.slices):
            ct.save_as(path / 'ct' / f'{9 - number}.dcm', write_like_original=False)
        printed = run('write', path / 'ct', path / 'seg.dcm', path / 'seg.raw', path / 'ct' / '9.dcm')
        cls.truth = voxels(path / 'seg.raw', printed)
        nrrd = (f'NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: {COLUMNS} {ROWS} {SLICES}\n'
                'space directions: (0.8,0,0) (0,0.9,0) (0,0,2.5)\nendian: little\nencoding: raw\n'
                'space origin: (1,2,3)\n\n')
        (path / 'case.nrrd').write_bytes(nrrd.encode() + bytes(2 * COLUMNS * ROWS * SLICES))
        run('write', path / 'case.nrrd', path / 'nrrd.dcm', path / 'nrrd.raw')

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.seg = pydicom.dcmread(self.path / 'seg.dcm')

    def test_frames_are_the_voxels_at_their_positions(self):
        frames = self.seg.pixel_array
        found = numpy.zeros_like(self.truth)
        for pixels, groups in zip(frames, self.seg.PerFrameFunctionalGroupsSequence, strict=True):
            position = groups.PlanePositionSequence[0].ImagePositionPatient
            distances = [numpy.abs(numpy.subtract(position, ct.ImagePositionPatient)).max() for ct in self.slices]
            z = int(numpy.argmin(distances))
            self.assertLess(distances[z], 1e-6)
            source = groups.DerivationImageSequence[0].SourceImageSequence[0]
            self.assertEqual(source.ReferencedSOPInstanceUID, self.slices[z].SOPInstanceUID)
            found[groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber - 1, z] = pixels
        self.assertEqual(self.truth.shape, (4, SLICES, ROWS, COLUMNS))
        self.assertTrue((found == self.truth).all())
        self.assertEqual(len(frames), int(self.truth.any(axis=(2, 3)).sum()), 'empty frames are left out')

    def test_the_grid_is_the_cts(self):
        shared = self.seg.SharedFunctionalGroupsSequence[0]
        self.assertEqual(shared.PixelMeasuresSequence[0].PixelSpacing, list(SPACING_MM[:2]))
        self.assertEqual(shared.PixelMeasuresSequence[0].SpacingBetweenSlices, SPACING_MM[2])
        self.assertEqual(shared.PlaneOrientationSequence[0].ImageOrientationPatient, [1, 0, 0, 0, 0.8, 0.6])

    def test_patient_study_and_frame_of_reference_are_the_cts(self):
        for name in ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'StudyInstanceUID', 'StudyDate',
                     'StudyID', 'AccessionNumber', 'FrameOfReferenceUID']:
            self.assertEqual(self.seg[name].value, self.slices[0][name].value, name)
        self.assertEqual(self.seg.SpecificCharacterSet, 'ISO_IR 192')
        self.assertEqual(self.seg.ContentCreatorName, 'R\xf6ntgen^W')
        series = self.seg.ReferencedSeriesSequence[0]
        self.assertEqual(series.SeriesInstanceUID, '1.2.3.5')
        self.assertEqual(len(series.ReferencedInstanceSequence), SLICES)

    def test_a_ct_that_is_not_dicom_gives_its_name_as_patient_id(self):
        seg = pydicom.dcmread(self.path / 'nrrd.dcm')
        self.assertEqual((seg.PatientID, seg.PatientName), ('case', ''))
        self.assertNotIn('ReferencedSeriesSequence', seg)
        self.assertTrue(seg.FrameOfReferenceUID.startswith('2.25.'))

    def test_dciodvfy_finds_no_error(self):
        for name in ['seg.dcm', 'nrrd.dcm']:
            done = subprocess.run(['dciodvfy', self.path / name], capture_output=True, text=True, check=False)
            lines = (done.stdout + done.stderr).splitlines()
            self.assertIn('Segmentation', lines, name)
            self.assertEqual([line for line in lines if line.startswith('Error')], [], name)

    def read_back(self, seg):
        seg.save_as(self.path / 'again.dcm', write_like_original=False)
        return voxels(self.path / 'again.raw', run('read', self.path / 'again.dcm', self.path / 'again.raw'))

    def test_what_pydicom_writes_is_read_back(self):
        self.assertTrue((self.read_back(self.seg) == self.truth).all())
        self.seg.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        self.seg.is_implicit_VR = False
        for representation in ['OB', 'OW']:
            self.seg['PixelData'].VR = representation
            self.assertTrue((self.read_back(self.seg) == self.truth).all(), representation)

    def test_big_endian_words_are_swapped(self):
        self.seg.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
        self.seg.is_implicit_VR, self.seg.is_little_endian = False, False
        little = self.seg.PixelData
        self.seg['PixelData'].VR = 'OB'
        self.assertTrue((self.read_back(self.seg) == self.truth).all())
        self.seg.PixelData = numpy.frombuffer(little, '<u2').astype('>u2').tobytes()
        self.seg['PixelData'].VR = 'OW'
        self.assertTrue((self.read_back(self.seg) == self.truth).all())

    def test_the_order_of_frames_does_not_matter(self):
        order = numpy.random.default_rng(1).permutation(len(self.seg.PerFrameFunctionalGroupsSequence))
        frames = self.seg.pixel_array[order]
        self.seg.PerFrameFunctionalGroupsSequence = [self.seg.PerFrameFunctionalGroupsSequence[i] for i in order]
        packed = numpy.packbits(frames.ravel(), bitorder='little').tobytes()
        self.seg.PixelData = packed + bytes(len(packed) % 2)
        self.assertTrue((self.read_back(self.seg) == self.truth).all())


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])

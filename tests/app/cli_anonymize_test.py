"""recontour-cli anonymize: no canary of what tells the patient comes through, and what is written stays whole.

usage: cli_anonymize_test.py RECONTOUR_CLI
"""
import base64
import collections
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

import pydicom
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

CLI = sys.argv[1]
PROFILE = pathlib.Path(__file__).resolve().parents[2] / "resources" / "dicom" / "basic_profile.json"
DATA = os.environ.get("RECONTOUR_DATA")
TEXT, UID_ROOT, YEAR, NUMBER = "QZCANARYQ", "1.9.8.7.6.5.", 2150, 81810000
CT, RTSTRUCT, SEG = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.481.3", "1.2.840.10008.5.1.4.1.1.66.4"
STUDY, FRAME = UID_ROOT + "7001", UID_ROOT + "7002"
warnings.filterwarnings("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE


def run(*arguments, **options):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=240, stdin=subprocess.DEVNULL, **options)


def vr_of(row):
    try:
        return dictionary_VR(int(row["tag"], 16))
    except KeyError:  # newer than pydicom's dictionary
        endings = {"Sequence": "SQ", "UID": "UI", "DateTime": "DT"}
        return next((vr for ending, vr in endings.items() if row["keyword"].endswith(ending)), "LO")


class Canaries:
    """Values that appear nowhere by chance: texts and UIDs begin alike, dates and numbers are told one by one."""

    def __init__(self):
        self.count, self.dates, self.numbers = 0, [], []

    def value(self, vr):
        self.count += 1
        text = f"{TEXT}{self.count:05d}"
        if vr == "PN":
            return text + "^HANS"
        if vr == "UI":
            return f"{UID_ROOT}{self.count}"
        if vr in ("DA", "DT"):
            day = self.count % 336  # within a year, so that no date that is moved becomes another one's canary
            self.dates.append(f"{YEAR}{1 + day // 28:02d}{1 + day % 28:02d}")
            return self.dates[-1] + ("101112.5" if vr == "DT" else "")
        if vr in ("DS", "IS"):
            self.numbers.append(str(NUMBER + self.count))
            return self.numbers[-1]
        if vr in ("US", "SS", "UL", "SL"):
            return 4711  # too short to be told from other bytes
        if vr in ("OB", "OW", "UN", "OB or OW"):
            return text.encode() + b"\0" * (len(text) % 2)
        return text  # AS, TM and CS too: a text where none belongs


def add(dataset, tag, vr, value):
    dataset.add(DataElement(tag, "OB" if vr == "OB or OW" else "US" if vr == "US or SS" else vr, value))


class CanaryFiles:
    """Three CT slices, an RTSTRUCT and a SEG with a canary in every attribute of the profile's table."""

    def __init__(self, folder):
        self.folder, self.canaries = folder, Canaries()
        self.rows = json.loads(PROFILE.read_text())["rows"]
        self.slices = [f"{UID_ROOT}{8000 + number}" for number in range(3)]
        for number, uid in enumerate(self.slices):
            self.write(self.slice(number, uid), f"slice{number}", ExplicitVRLittleEndian)
        self.write(self.structures(), "structures", ImplicitVRLittleEndian)
        self.write(self.segmentation(), "segments", ExplicitVRLittleEndian)

    def leaf(self):
        """An item with names where the profile has none, by private attributes and by VR."""
        item = Dataset()
        add(item, 0x00181250, "PN", self.canaries.value("PN"))  # a name in an attribute that holds none
        add(item, 0x00201040, "LO", self.canaries.value("LO"))
        add(item, 0x00280301, "CS", self.canaries.value("LO") + "x")
        self.add_private(item)
        return item

    def add_private(self, dataset):
        add(dataset, 0x00290010, "LO", TEXT)
        for element, vr in ((1, "LO"), (2, "UN"), (3, "PN"), (4, "OB"), (5, "DA")):
            add(dataset, 0x00291000 + element, vr, self.canaries.value(vr))
        item = Dataset()
        add(item, 0x00081030, "LO", self.canaries.value("LO"))
        add(dataset, 0x00291010, "SQ", Sequence([item]))

    def add_table(self, dataset, sequences=True):
        for row in self.rows:
            if not set(row["tag"]) <= set("0123456789abcdef") or row["tag"] < "00040000":
                continue
            vr = vr_of(row)
            if vr == "SQ" and sequences:
                add(dataset, int(row["tag"], 16), "SQ", Sequence([self.leaf()]))
            elif vr != "SQ":
                add(dataset, int(row["tag"], 16), vr, self.canaries.value(vr))

    def add_groups(self, dataset):
        for tag, vr in ((0x00180015, "CS"), (0x00080070, "LO"), (0x00181020, "LO")):  # kept, but not what a NUL hides
            add(dataset, tag, vr, "CHEST\0" + self.canaries.value("LO"))
        for tag, vr in ((0x50003000, "OB"), (0x50022500, "LO"), (0x60003000, "OW"), (0x60004000, "LT"), (0x60021500, "LO")):
            add(dataset, tag, vr, self.canaries.value(vr))

    def dataset(self, sop_class, uid):
        dataset = Dataset()
        self.add_table(dataset)
        self.add_groups(dataset)
        self.add_private(dataset)
        deep = Dataset()
        self.add_table(deep, sequences=False)
        for tag in (0x00081140, 0x00082218, 0x00082112):  # items within items within items
            outer = Dataset()
            add(outer, tag, "SQ", Sequence([deep]))
            deep = outer
        for element in deep:
            dataset.add(element)
        add(dataset, 0x00080005, "CS", "ISO_IR 192")
        dataset.SOPClassUID, dataset.SOPInstanceUID, dataset.StudyInstanceUID = sop_class, uid, STUDY
        dataset.PatientID = TEXT
        dataset.FrameOfReferenceUID, dataset.SeriesInstanceUID = FRAME, UID_ROOT + sop_class.replace(".", "")[-4:]
        return dataset

    def slice(self, number, uid):
        dataset = self.dataset(CT, uid)
        dataset.Modality, dataset.InstanceNumber, dataset.Rows, dataset.Columns = "CT", number + 1, 4, 4
        dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 1
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.RescaleSlope, dataset.RescaleIntercept = 1, -1000
        dataset.PixelSpacing, dataset.ImageOrientationPatient = [2, 2], [1, 0, 0, 0, 1, 0]
        dataset.ImagePositionPatient = [0, 0, 3 * number]
        dataset.PixelData = bytes(range(32))
        return dataset

    def structures(self):
        dataset = self.dataset(RTSTRUCT, UID_ROOT + "8100")
        dataset.Modality = "RTSTRUCT"
        names = ("Liver", self.canaries.value("LO"))
        dataset.StructureSetROISequence = Sequence([Dataset() for _ in names])
        dataset.ROIContourSequence = Sequence([Dataset() for _ in names])
        for number, (name, roi, contours) in enumerate(zip(names, dataset.StructureSetROISequence, dataset.ROIContourSequence), 1):
            roi.ROINumber, roi.ROIName, roi.ReferencedFrameOfReferenceUID = number, name, FRAME
            roi.ROIDescription = self.canaries.value("ST")
            contours.ReferencedROINumber = number
            contours.ContourSequence = Sequence([self.contour(uid, 3 * i) for i, uid in enumerate(self.slices)])
        return dataset

    def contour(self, uid, z):
        contour, image = Dataset(), Dataset()
        image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = CT, uid
        contour.ContourImageSequence = Sequence([image])
        contour.ContourGeometricType, contour.NumberOfContourPoints = "CLOSED_PLANAR", 3
        contour.ContourData = [0, 0, z, 4, 0, z, 0, 4, z]
        return contour

    def segmentation(self):
        dataset = self.dataset(SEG, UID_ROOT + "8200")
        dataset.Modality = "SEG"
        segment, series = Dataset(), Dataset()
        segment.SegmentNumber, segment.SegmentLabel, segment.SegmentDescription = 1, self.canaries.value("LO"), self.canaries.value("ST")
        segment.SegmentAlgorithmName, segment.TrackingID = self.canaries.value("LO"), self.canaries.value("UT")
        dataset.SegmentSequence = Sequence([segment])
        series.SeriesInstanceUID = UID_ROOT + CT.replace(".", "")[-4:]
        series.ReferencedInstanceSequence = self.contour(self.slices[0], 0).ContourImageSequence
        dataset.ReferencedSeriesSequence = Sequence([series])
        return dataset

    def write(self, dataset, name, syntax):
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = dataset.SOPClassUID, dataset.SOPInstanceUID
        meta.TransferSyntaxUID, meta.ImplementationClassUID = syntax, UID_ROOT + "1"
        meta.ImplementationVersionName = TEXT
        meta.SourceApplicationEntityTitle = self.canaries.value("AE")
        meta.PrivateInformationCreatorUID, meta.PrivateInformation = self.canaries.value("UI"), self.canaries.value("OB")
        path = self.folder / f"{TEXT}_{name}.dcm"
        file = FileDataset(str(path), dataset, file_meta=meta, preamble=(TEXT * 20).encode()[:128])
        file.is_little_endian, file.is_implicit_VR = True, syntax == ImplicitVRLittleEndian
        file.save_as(str(path), write_like_original=False)


def forms(text):
    """A text as bytes, in UTF-16, and in base64 wherever it begins."""
    plain = text.encode()
    coded = [base64.b64encode(b"\0" * shift + plain)[4 * bool(shift):-4] for shift in range(3)]
    return [plain, text.encode("utf-16-le"), text.encode("utf-16-be"), *coded]


def dicom_files(folder):
    return sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())


def errors_of(folder):
    """What dciodvfy finds in a folder's files, without the values that it quotes, and how often."""
    found = collections.Counter()
    for file in dicom_files(folder):
        checked = subprocess.run(["dciodvfy", str(file)], capture_output=True, text=True, errors="replace")
        lines = [line for line in (checked.stdout + checked.stderr).splitlines() if line.startswith("Error")]
        found.update(re.sub(r"<[^>]*>", "<>", line) for line in lines)
    return found


class Anonymize(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.out, self.salt = self.folder / "out", self.folder / "salt"
        self.salt.write_text("a salt that makes this test repeatable")

    def data(self, name):
        if not DATA:
            if os.environ.get("CI") == "true":
                self.fail("RECONTOUR_DATA is not set")
            self.skipTest("RECONTOUR_DATA is not set")
        return pathlib.Path(DATA) / name

    def anonymize(self, source, *options, status=0):
        result = run("anonymize", source, "--out", self.out, "--salt-file", self.salt, "--json", *options)
        self.assertEqual(result.returncode, status, result.stderr)
        return json.loads(result.stdout)

    def canary_files(self):
        source = self.folder / "in" / TEXT
        source.mkdir(parents=True)
        return CanaryFiles(source)

    # What must not come through

    def test_no_canary_comes_through(self):
        made = self.canary_files()
        self.assertGreater(made.canaries.count, 5000)
        report = self.anonymize(made.folder.parent)
        self.assertEqual((report["files"], report["refused"]), (5, 0))
        wanted = [*forms(TEXT), *forms(UID_ROOT)]
        for text in {*made.canaries.dates, *made.canaries.numbers}:
            wanted += [text.encode()]
        for file in dicom_files(self.out):
            content = str(file.relative_to(self.out)).encode() + file.read_bytes()
            self.assertEqual([canary for canary in wanted if canary in content], [], file.name)
        print(f"{made.canaries.count} canaries, {sum(f.stat().st_size for f in dicom_files(self.out))} bytes written, 0 found")

    def test_the_canaries_are_in_what_is_read(self):
        made = self.canary_files()
        content = b"".join(file.read_bytes() for file in dicom_files(made.folder))
        for canary in (TEXT, UID_ROOT, made.canaries.dates[0], made.canaries.numbers[0]):
            self.assertIn(canary.encode(), content)

    def test_references_still_resolve(self):
        made = self.canary_files()
        self.anonymize(made.folder.parent)
        files = [pydicom.dcmread(file) for file in dicom_files(self.out)]
        slices = {file.SOPInstanceUID: file for file in files if file.Modality == "CT"}
        structures, = (file for file in files if file.Modality == "RTSTRUCT")
        segments, = (file for file in files if file.Modality == "SEG")
        self.assertEqual([roi.ROIName for roi in structures.StructureSetROISequence], ["Liver", "ROI_2"])
        self.assertEqual(segments.SegmentSequence[0].SegmentLabel, "Segment_1")
        for roi in structures.ROIContourSequence:
            referenced = [c.ContourImageSequence[0].ReferencedSOPInstanceUID for c in roi.ContourSequence]
            self.assertEqual(set(referenced), set(slices))
        frame, = {file.FrameOfReferenceUID for file in files}
        self.assertEqual({roi.ReferencedFrameOfReferenceUID for roi in structures.StructureSetROISequence}, {frame})
        series, = {file.SeriesInstanceUID for file in slices.values()}
        self.assertEqual(segments.ReferencedSeriesSequence[0].SeriesInstanceUID, series)
        self.assertEqual(len({file.StudyInstanceUID for file in files}), 1)
        for file in files:
            self.assertEqual(file.file_meta.MediaStorageSOPInstanceUID, file.SOPInstanceUID)
            self.assertEqual(file.preamble, b"\0" * 128)

    def test_names_and_modes_of_files_tell_nothing(self):
        made = self.canary_files()
        report = self.anonymize(made.folder.parent)
        self.assertEqual(report["series"], 3)
        for path in self.out.rglob("*"):
            name = path.relative_to(self.out).as_posix()
            self.assertRegex(name, r"^[0-9a-f]{12}(/00000[0-9]\.dcm)?$")
            self.assertEqual(path.stat().st_mode & 0o777, 0o700 if path.is_dir() else 0o600)

    # How it is used

    def test_a_missing_salt_file_is_made_and_agrees_with_the_next_run(self):
        made, salt = self.canary_files(), self.folder / "new"
        for target in ("one", "two"):
            result = run("anonymize", made.folder, "--out", self.folder / target, "--salt-file", salt)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("5 files of 3 series and 1 patients written", result.stdout)
        self.assertEqual(salt.stat().st_mode & 0o777, 0o600)
        one, two = ({f.relative_to(self.folder / t): f.read_bytes() for f in dicom_files(self.folder / t)} for t in ("one", "two"))
        self.assertEqual(one, two)

    def test_a_file_with_burned_in_names_is_refused_in_one_line_and_the_others_are_written(self):
        made = self.canary_files()
        burned = pydicom.dcmread(dicom_files(made.folder)[0])
        burned.BurnedInAnnotation = "YES"
        burned.save_as(str(made.folder / "burned.dcm"))
        result = run("anonymize", made.folder, "--out", self.out)
        self.assertEqual(result.returncode, 3)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn("burned into its pixels", result.stderr)
        self.assertEqual(len(dicom_files(self.out)), 5)

    def test_what_is_not_covered_is_named(self):
        made = self.canary_files()
        (made.folder / "ct.nii.gz").write_bytes(b"x")
        result = run("anonymize", made.folder, "--out", self.out)
        self.assertEqual(result.returncode, 0)
        self.assertIn("ct.nii.gz: is no DICOM and not covered", result.stderr)

    def test_a_file_that_is_dicom_by_its_name_alone_is_named(self):
        made = self.canary_files()
        (made.folder / "cut.dcm").write_bytes(b"x")
        result = run("anonymize", made.folder, "--out", self.out)
        self.assertEqual(result.returncode, 0)
        self.assertIn("cut.dcm: is no DICOM, in spite of its name", result.stderr)

    def test_wrong_folders_are_refused_in_one_line(self):
        made = self.canary_files()
        (self.folder / "empty").mkdir()
        for source, target in ((made.folder, made.folder), (self.folder / "none", self.out), (self.folder / "empty", self.out)):
            result = run("anonymize", source, "--out", target)
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertFalse(self.out.exists())

    def interrupted(self, sent, files, **options):
        """Exit status of a run that gets a signal as soon as it writes."""
        made = self.canary_files()
        original = dicom_files(made.folder)[0]
        for number in range(files):
            shutil.copy(original, made.folder / f"{number}.dcm")
        process = subprocess.Popen([CLI, "anonymize", str(made.folder), "--out", str(self.out)], stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, **options)
        while not self.out.exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(sent)
        return process.wait(60)

    def test_an_interrupted_run_leaves_nothing(self):
        self.assertEqual((self.interrupted(signal.SIGINT, 2000), self.out.exists()), (5, False))

    def test_a_run_whose_terminal_is_closed_leaves_nothing(self):
        self.assertEqual((self.interrupted(signal.SIGHUP, 2000), self.out.exists()), (5, False))

    def test_a_run_under_nohup_goes_on(self):
        ignore = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}
        self.assertEqual((self.interrupted(signal.SIGHUP, 200, **ignore), len(dicom_files(self.out))), (0, 205))

    # Real files

    def test_a_real_ct_stays_valid_and_the_same(self):
        source = self.data("rtstruct/pycerr_pat_1")
        report = self.anonymize(source)
        self.assertEqual((report["files"], report["series"], report["refused"]), (61, 2, 0))
        before, after = (json.loads(run("info", folder, "--json").stdout)
                         for folder in (source, next(f.parent for f in dicom_files(self.out) if "CT" == pydicom.dcmread(f).Modality)))
        for figure in ("size", "spacing_mm", "origin_mm", "direction", "orientation", "hu_min", "hu_max"):
            self.assertEqual(before[figure], after[figure], figure)
        self.require_no_new_errors(source, self.out)

    def test_a_real_structure_set_lies_on_its_ct_as_before(self):
        source = self.data("rtstruct/pycerr_pat_1")
        self.anonymize(source)
        (before, slices), (after, new_slices) = (self.structures_and_slices(folder) for folder in (source, self.out))
        self.assertEqual(before.StructureSetROISequence[0].ROIName, after.StructureSetROISequence[0].ROIName)
        contours = [file.ROIContourSequence[0].ContourSequence for file in (before, after)]
        self.assertEqual([contour.ContourData for contour in contours[0]], [contour.ContourData for contour in contours[1]])
        references = [[e.value for e in file.iterall() if e.keyword == "ReferencedSOPInstanceUID"] for file in (before, after)]
        resolved = [[uid in known for uid in uids] for uids, known in zip(references, (slices, new_slices))]
        self.assertEqual(resolved[0], resolved[1])
        self.assertGreaterEqual(sum(resolved[1]), 60)

    def structures_and_slices(self, folder):
        files = [pydicom.dcmread(file) for file in dicom_files(folder) if file.suffix == ".dcm"]
        structures, = (file for file in files if file.Modality == "RTSTRUCT")
        return structures, {file.SOPInstanceUID for file in files if file.Modality == "CT"}

    def require_no_new_errors(self, source, target):
        if shutil.which("dciodvfy"):
            before, after = errors_of(source), errors_of(target)
            self.assertEqual(dict(after - before), {})
            print(f"{source.name}: dciodvfy finds {before.total()} errors before, {after.total()} after")

    def test_compressed_pixels_stay_as_they_are(self):
        compared = 0
        for file in sorted(self.data("codecs").glob("CTImage*.dcm")):
            source, self.out = self.folder / f"in {compared}", self.folder / f"out {file.name}"
            source.mkdir(exist_ok=True)
            shutil.copy(file, source / "one.dcm")
            if "Deflated" in file.name:
                self.assertEqual(run("anonymize", source, "--out", self.out).returncode, 3)
            else:
                self.anonymize(source)
                before, after = pydicom.dcmread(file), pydicom.dcmread(dicom_files(self.out)[0])
                if "BigEndian" not in file.name:  # which becomes little endian
                    self.assertEqual(before.file_meta.TransferSyntaxUID, after.file_meta.TransferSyntaxUID)
                    self.assertEqual(before.PixelData, after.PixelData)
                    compared += 1
            shutil.rmtree(source)
        self.assertEqual(compared, 5)

    def test_every_file_of_the_data_is_written_or_refused_in_one_line(self):
        for name in ("dicom_seg", "rtstruct", "codecs", "ct_totalsegmentator/example_ct_dicom"):
            source, target = self.data(name), self.folder / name.replace("/", "_")
            result = run("anonymize", source, "--out", target, "--salt-file", self.salt, "--json")
            self.assertIn(result.returncode, (0, 3), result.stderr)
            report, lines = json.loads(result.stdout), result.stderr.splitlines()
            self.assertEqual(len(lines), report["refused"] + report["not_covered"] + report["notices"])
            self.assertEqual(report["files"], len(dicom_files(target)))
            self.assertEqual(report["files"] + report["refused"] + report["skipped"], len(dicom_files(source)))
            for file in dicom_files(target):
                pydicom.dcmread(file)
            print(name, report)
            self.require_no_new_errors(source, target)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)

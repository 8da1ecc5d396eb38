"""P1 and P2: a whole session of a DICOM CT whose attributes are canaries, with a umask that forbids nothing.

Everything that the programs create must be for its user alone, and none of the canaries may be found in it, nor in what
the programs say. File and folder names are the user's own choice and may be remembered (recent cases, work lists);
attributes may not.

usage: privacy_test.py RECONTOUR RECONTOUR_CLI DEMO_MODEL|-
"""
import base64
import io
import gzip
import os
import pathlib
import stat
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

WINDOW, CLI, MODEL = sys.argv[1:4]

# Tag, kind and value of what tells who a patient is. The preamble comes beside them.
CANARIES = {(0x0008, 0x0050): ("SH", "CANARYACCESSION"), (0x0008, 0x0080): ("LO", "CANARYINSTITUTION"),
            (0x0008, 0x0090): ("PN", "CANARYREFERRER^ANN"), (0x0008, 0x1010): ("SH", "CANARYSTATION"),
            (0x0008, 0x1030): ("LO", "CANARYSTUDYDESCRIPTION"), (0x0008, 0x1070): ("PN", "CANARYOPERATOR^OLE"),
            (0x0010, 0x0010): ("PN", "CANARYNAME^PAT"), (0x0010, 0x0020): ("LO", "CANARYID4711"),
            (0x0010, 0x0030): ("DA", "19330217"), (0x0010, 0x1000): ("LO", "CANARYOTHERID"),
            (0x0010, 0x1040): ("LO", "CANARYADDRESS"), (0x0010, 0x4000): ("LT", "CANARYCOMMENT"),
            (0x0011, 0x0010): ("LO", "CANARYCREATOR"), (0x0011, 0x1001): ("LO", "CANARYPRIVATE")}
PREAMBLE = "CANARYPREAMBLE"
WORDS = [value for _, value in CANARIES.values()] + [PREAMBLE]


def element(tag, kind, value):
    value = value.encode() if isinstance(value, str) else value
    if len(value) % 2:
        value += b"\0" if kind == "UI" else b" "
    length = struct.pack("<HI", 0, len(value)) if kind == "OW" else struct.pack("<H", len(value))
    return struct.pack("<HH", *tag) + kind.encode() + length + value


def short(value):
    return struct.pack("<H", value)


def slice_bytes(z, pixels, size, spacing, origin):
    elements = dict(CANARIES)
    elements |= {(0x0008, 0x0016): ("UI", "1.2.840.10008.5.1.4.1.1.2"), (0x0008, 0x0018): ("UI", f"1.2.3.4.{z + 1}"),
                 (0x0008, 0x0060): ("CS", "CT"), (0x0018, 0x0050): ("DS", str(spacing[2])),
                 (0x0020, 0x000d): ("UI", "1.2.3.1"), (0x0020, 0x000e): ("UI", "1.2.3.2"),
                 (0x0020, 0x0013): ("IS", str(z + 1)), (0x0020, 0x0032): ("DS", f"{origin[0]}\\{origin[1]}\\{origin[2] + z * spacing[2]:.6g}"),
                 (0x0020, 0x0037): ("DS", "1\\0\\0\\0\\1\\0"), (0x0020, 0x0052): ("UI", "1.2.3.3"),
                 (0x0028, 0x0002): ("US", short(1)), (0x0028, 0x0004): ("CS", "MONOCHROME2"),
                 (0x0028, 0x0010): ("US", short(size[1])), (0x0028, 0x0011): ("US", short(size[0])),
                 (0x0028, 0x0030): ("DS", f"{spacing[1]}\\{spacing[0]}"), (0x0028, 0x0100): ("US", short(16)),
                 (0x0028, 0x0101): ("US", short(16)), (0x0028, 0x0102): ("US", short(15)),
                 (0x0028, 0x0103): ("US", short(1)), (0x0028, 0x1052): ("DS", "0"), (0x0028, 0x1053): ("DS", "1"),
                 (0x7fe0, 0x0010): ("OW", pixels)}
    meta = element((0x0002, 0x0010), "UI", "1.2.840.10008.1.2.1")
    body = b"".join(element(tag, *elements[tag]) for tag in sorted(elements))
    return PREAMBLE.encode().ljust(128, b"\0") + b"DICM" + meta + body


def write_series(nifti, folder):
    """The demo case as a DICOM series; its axes are those of the patient."""
    content = gzip.decompress(nifti.read_bytes())
    size = struct.unpack_from("<8h", content, 40)[1:4]
    spacing = [round(x, 3) for x in struct.unpack_from("<8f", content, 76)[1:4]]
    rows = [struct.unpack_from("<4f", content, 280 + 16 * row) for row in range(3)]
    origin = [round(-rows[0][3], 4), round(-rows[1][3], 4), round(rows[2][3], 4)]  # NIfTI counts to the right and front
    voxels = content[352:]
    folder.mkdir()
    area = 2 * size[0] * size[1]
    for z in range(size[2]):
        (folder / f"{z:04}.dcm").write_bytes(slice_bytes(z, voxels[z * area:(z + 1) * area], size, spacing, origin))


def forms(word):
    """The word as bytes, in each way that somebody may have written it."""
    yield word.encode()
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield word.encode().hex().encode()
    for shift in range(3):  # base64 of it, wherever it begins in a group of three bytes
        coded = base64.b64encode(b"\0" * shift + word.encode())
        yield coded[(0, 2, 3)[shift]:len(coded) // 4 * 4 - 4]


FORMS = {form: word for word in WORDS for form in forms(word)}


def contents(data, depth=0):
    """The bytes, and what is packed in them: gzip, zip, and zlib streams as HDF5, PDF, PNG and session logs hold."""
    yield data
    if depth == 2:
        return
    if data[:2] == b"\x1f\x8b":
        yield from contents(gzip.decompress(data), depth + 1)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from contents(archive.read(name), depth + 1)
    for start in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = data.find(start)
        while at >= 0:
            try:
                yield zlib.decompressobj().decompress(data[at:])
            except zlib.error:
                pass
            at = data.find(start, at + 1)


def found_in(data):
    return {FORMS[form] for content in contents(data) for form in FORMS if form in content}


class Session:
    def __init__(self, folder):
        self.folder, self.said = folder, b""
        self.home, self.given = folder / "home", folder / "given"
        for made in (self.home, self.given, folder / "runtime"):
            made.mkdir(mode=0o700)
        for name in ("tmp", "out", "config", "data", "cache"):
            (self.home / name).mkdir(mode=0o700)
        self.made_before = {self.home / name for name in ("tmp", "out", "config", "data", "cache")}
        self.environment = {**os.environ, "HOME": str(self.home), "TMPDIR": str(self.home / "tmp"),
                            "XDG_DATA_HOME": str(self.home / "data"), "XDG_CACHE_HOME": str(self.home / "cache"),
                            "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_RUNTIME_DIR": str(folder / "runtime"),
                            "QT_QPA_PLATFORM": "offscreen"}

    def run(self, *arguments, status=0):
        done = subprocess.run([*map(str, arguments)], capture_output=True, env=self.environment, umask=0, timeout=300)
        self.said += done.stdout + done.stderr
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr.decode()}"
        return done.stdout.decode()

    def cli(self, *arguments, status=0):
        return self.run(CLI, *arguments, status=status)

    def prepare(self):
        self.cli("demo", self.home / "out/demo", "--spacing", "7,7,7")
        self.image = self.given / "ct"
        write_series(self.home / "out/demo/imagesTr/demo_0001.nii.gz", self.image)
        self.broken = self.given / "broken"
        self.broken.mkdir()
        for file in sorted(self.image.iterdir())[:4]:
            (self.broken / file.name).write_bytes(file.read_bytes()[:-100 if file.name == "0002.dcm" else None])

    def files(self):
        out = self.home / "out"
        self.cli("info", self.image)
        self.cli("info", self.broken, status=3)
        self.cli("convert", self.broken, out / "broken.nii.gz", status=3)
        self.labels = out / "labels.nii.gz"
        for name in ("ct.nii", "ct.nii.gz", "ct.nrrd"):
            self.cli("convert", self.image, out / name)
        self.cli("scribble", "generate", "--labels", out / "demo/labelsTr", "--out", out / "cases/scribblesTr")
        os.makedirs(self.home / "out/cases/imagesTr", mode=0o700)
        self.made_before.add(out / "cases/imagesTr")
        self.cli("convert", self.image, out / "cases/imagesTr/demo_0001.nii.gz")
        self.cli("scribble", "export", "--cases", out / "cases", "--out", out / "training", "--format", "all", "--force")
        truth = out / "demo/labelsTr/demo_0001.nii.gz"
        self.cli("evaluate", "--truth", truth, "--prediction", truth, "--csv", out / "figures.csv", "--boxplot",
                 out / "figures.svg")

    def window(self):
        out = self.home / "out"
        if MODEL == "-":
            return
        self.cli("predict", self.image, "--model", MODEL, "--out", out / "predicted.nii.gz", "--threads", "1")
        self.run(WINDOW, self.image, "--model", MODEL, "--no-3d", "--unattended", out / "unattended")
        self.run(WINDOW, self.broken, "--model", MODEL, "--no-3d", "--unattended", out / "broken", status=3)
        session = next((out / "unattended").rglob("session.rclog")).parent
        self.cli("replay", session, "--out", out / "replayed.nii.gz")
        self.cli("times", session, "--csv", out / "times.csv")
        self.attended(out / "predicted.nii.gz")
        self.cli("train", "--cases", out / "cases", "--network", "unet2d", "--loss", "pce", "--out", out / "network", "--width", "2",
                 "--batch", "1", "--patch", "32,32", "--epochs", "1", "--iterations-per-epoch", "1", "--threads", "1")

    def attended(self, prediction):
        """The window as a reader has it, with settings and cache, ended by the session's end."""
        window = subprocess.Popen([WINDOW, self.image, "--prediction", prediction, "--no-3d"], env=self.environment,
                                  umask=0, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            said, _ = window.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            window.terminate()
            said, _ = window.communicate(timeout=60)
        self.said += said

    def study(self):
        out = self.home / "out"
        study = out / "study"
        self.cli("study", "create", study, "--preset", "word-fig3", "--simulated")
        self.cli("study", "import", study, "--cases", self.image, "--case", "C01")
        self.cli("study", "import", study, "--cases", self.broken, "--case", "C02", status=3)
        self.cli("study", "import", study, "--reader", "R1", "--pin", "1234")
        self.cli("study", "backup", study, "--out", out / "backup")
        self.cli("study", "status", study)

    def created(self):
        return [path for path in sorted(self.home.rglob("*")) if path not in self.made_before]


def check_modes(session):
    files = folders = 0
    others = []
    for path in session.created():
        mode = stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink():
            continue
        folders, files = folders + path.is_dir(), files + path.is_file()
        if mode != (0o700 if path.is_dir() else 0o600):
            others.append(f"{path.relative_to(session.home)} {mode:o}")
    print(f"P2 modes: {files} files 0600, {folders} folders 0700, {len(others)} others" if not others else
          f"P2 modes: of {files} files and {folders} folders {len(others)} have others: {', '.join(others[:20])}")
    return not others and files > 20


def check_canaries(session):
    searched, found = 1, [f"{word} was said" for word in found_in(session.said)]
    for path in session.created():
        if path.is_file():
            searched += 1
            found += [f"{word} in {path.relative_to(session.home)}" for word in found_in(path.read_bytes())]
    print(f"P1 canaries: {len(WORDS)} canaries, {searched} files, {len(found)} found {'; '.join(found[:10])}".rstrip())
    # The search itself finds all of them where they are.
    given = set().union(*(found_in(path.read_bytes()) for path in list(session.image.iterdir())[:1]))
    assert given == set(WORDS), f"the search misses {set(WORDS) - given}"
    assert found_in(gzip.compress(b"x" + base64.b64encode(b"ab" + WORDS[0].encode() + b"c"))) == {WORDS[0]}
    return not found


def main():
    with tempfile.TemporaryDirectory(prefix="recontour-privacy-") as temporary:
        session = Session(pathlib.Path(temporary).resolve())
        for part in (session.prepare, session.files, session.window, session.study):
            part()
        modes, canaries = check_modes(session), check_canaries(session)
        return 0 if modes and canaries else 1


if __name__ == "__main__":
    sys.exit(main())

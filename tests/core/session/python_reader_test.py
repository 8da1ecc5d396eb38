"""The reader in docs/formats/session_log.py must see the labels that the program's own session ended with, and
result.json must be as result.schema.json says.

usage: python_reader_test.py PROGRAM FORMATS_FOLDER    PROGRAM is write_sample_session
"""
import json
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, FORMATS = sys.argv[1:]
sys.path.insert(0, FORMATS)
import jsonschema  # noqa: E402
import session_log  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    expected = subprocess.run([PROGRAM, folder], check=True, capture_output=True, text=True).stdout.split()
    path = pathlib.Path(folder) / "session.rclog"
    events = session_log.read_events(path)
    types = [header["type"] for header, _ in events]
    assert types[:3] == ["first", "open", "select_organ"], types
    assert types[-2:] == ["accept", "close"], types
    for kind, count in {"start": 1, "edit": 5, "undo": 102, "redo": 101, "look": 1, "snapshot": 1, "partial": 2}.items():
        assert types.count(kind) == count, (kind, types)
    assert [session_log.labels_hash(*session_log.replay(events, layer)) for layer in ("revision", "17")] == expected[:2]
    at = types.index("snapshot")
    for layer in ("revision", "17"):
        size, labels = session_log.replay(events[:at], layer)
        assert session_log.snapshot(size, *events[at], layer) == labels and any(labels), layer
    strokes = session_log.strokes(events)
    assert "".join(f"{number}:{stroke['label']}," for number, stroke in strokes.items()) == expected[2], strokes
    assert [len(stroke["points_mm"]) for stroke in strokes.values()] == [2, 2, 2]

    schema = json.loads((pathlib.Path(FORMATS) / "result.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((pathlib.Path(folder) / "result.json").read_text()), schema)

    whole = path.read_bytes()
    path.write_bytes(whole[:-1])  # a torn write: the last event is gone, the others stay
    assert [header["type"] for header, _ in session_log.read_events(path)] == types[:-1]
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    path.write_bytes(changed)
    assert len(session_log.read_events(path)) < len(events)
print("the Python reader agrees")

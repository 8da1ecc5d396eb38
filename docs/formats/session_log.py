#!/usr/bin/env python3
"""Reads a Recontour session log with the standard library alone (docs/formats/session-log.md).

usage: session_log.py SESSION.rclog                 one line an event
       session_log.py SESSION.rclog LABELS.u8 [LAYER]   also the label map at the end: uint8, x fastest. LAYER is the
                                                    number of a structure that may lie over others
"""
import hashlib
import json
import struct
import sys
import zlib


def read_events(path):
    """The longest valid prefix, as (header, payload) pairs."""
    data = open(path, "rb").read()
    events, position, previous = [], 0, bytes(32)
    while position + 8 <= len(data):
        length, checksum = struct.unpack_from("<II", data, position)
        record = data[position + 8 : position + 8 + length]
        body, digest = record[:-32], record[-32:]
        if len(record) < length or length <= 32 or zlib.crc32(record) != checksum:
            break
        if hashlib.sha256(previous + body).digest() != digest:
            break
        header, _, packed = body.partition(b"\n")
        header = json.loads(header)
        if header["seq"] != len(events):
            break
        events.append((header, zlib.decompress(packed) if packed else b""))
        previous, position = digest, position + 8 + length
    return events


def read_runs(payload, offset=0):
    """A block of runs (start, length, before, after), and where it ends."""
    (count,) = struct.unpack_from("<Q", payload, offset)
    end = offset + 8 + 14 * count
    return list(struct.iter_unpack("<QIBB", payload[offset + 8 : end])), end


def read_changes(header, payload):
    """What an edit or a start changed: runs by layer."""
    if header["type"] == "edit":
        return {header["layer"]: read_runs(payload)[0]}
    changes = {}
    _, position = read_runs(payload)  # the start map itself; what it changed follows
    for _ in header.get("start_layers", []):
        _, position = read_runs(payload, position)
    for layer in ["revision"] + header.get("layers", []):
        changes[layer], position = read_runs(payload, position)
    return changes


def replay(events, layer="revision"):
    """Size (x, y, z) and the labels of a layer that all events lead to."""
    size = events[0][0]["geometry"]["size"]
    labels = bytearray(size[0] * size[1] * size[2])
    steps = {}
    for header, payload in events:
        if header["type"] in ("edit", "start"):
            steps[header["seq"]] = read_changes(header, payload).get(layer, [])
        if header["type"] in ("edit", "start", "redo"):
            for start, length, _, after in steps[header.get("redo", header["seq"])]:
                labels[start : start + length] = bytes([after]) * length
        elif header["type"] == "undo":
            for start, length, before, _ in steps[header["undo"]]:
                labels[start : start + length] = bytes([before]) * length
    return size, labels


def snapshot(size, header, payload, layer="revision"):
    """The labels of a layer that a snapshot holds: what replay() of all events before it gives."""
    labels, position = bytearray(size[0] * size[1] * size[2]), 0
    for name in header["layers"]:
        runs, position = read_runs(payload, position)
        if name == layer:
            for start, length, _, after in runs:
                labels[start : start + length] = bytes([after]) * length
    return labels


def strokes(events):
    """The scribble strokes that all events lead to, by id in the order of painting: dictionaries as the log has them."""
    present, steps, depth = {}, [], 0
    for header, _ in events:
        if header["type"] == "scribble":
            gone = [present[number] for number in header["removed"]]
            steps[depth:] = [(gone, header["added"])]
        forwards = header["type"] in ("scribble", "scribble_redo")
        if header["type"] == "scribble_undo":
            depth -= 1
        if forwards or header["type"] == "scribble_undo":
            gone, come = steps[depth] if forwards else steps[depth][::-1]
            for stroke in gone:
                del present[stroke["id"]]
            present.update((stroke["id"], stroke) for stroke in come)
        if forwards:
            depth += 1
    return dict(sorted(present.items(), key=lambda item: (item[1].get("order", item[0]), item[0])))


def labels_hash(size, labels):
    """What result.json calls labels_sha256."""
    return hashlib.sha256(struct.pack("<3i", *size) + labels).hexdigest()


if __name__ == "__main__":
    log = read_events(sys.argv[1])
    for event_header, event_payload in log:
        print(json.dumps(event_header), f"[{len(event_payload)} bytes]" if event_payload else "")
    if len(sys.argv) > 2:
        map_size, map_labels = replay(log, *sys.argv[3:])
        open(sys.argv[2], "wb").write(map_labels)
        print("x y z", *map_size, "sha256", labels_hash(map_size, map_labels))

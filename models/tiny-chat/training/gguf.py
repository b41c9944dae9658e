"""Writing and reading GGUF version 3, as far as this model needs it: F32, F16 and Q8_0 tensors.

Layout (ggml/docs/gguf.md): "GGUF", version, tensor count, metadata count; metadata; tensor descriptions; padding; data."""

import struct

import numpy as np

ALIGNMENT = 32
F32, F16, Q8_0 = 0, 1, 8
_STRING, _ARRAY = 8, 9
# The element types used here: (number in the file, struct format).
_SCALARS = {"u32": (4, "<I"), "i32": (5, "<i"), "f32": (6, "<f"), "bool": (7, "<?")}
_BY_NUMBER = {number: form for number, form in _SCALARS.values()} | {0: "<B", 1: "<b", 2: "<H", 3: "<h", 10: "<Q", 11: "<q", 12: "<d"}


def _text(value):
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _value(kind, value):
    if kind == "string":
        return struct.pack("<I", _STRING) + _text(value)
    if kind == "strings":
        return struct.pack("<IIQ", _ARRAY, _STRING, len(value)) + b"".join(map(_text, value))
    if kind == "i32s":
        return struct.pack("<IIQ", _ARRAY, _SCALARS["i32"][0], len(value)) + np.array(value, dtype="<i4").tobytes()
    number, form = _SCALARS[kind]
    return struct.pack("<I", number) + struct.pack(form, value)


def quantize_q8_0(array):
    """Blocks of 32 along the last dimension: an f16 scale (the greatest magnitude / 127) and 32 int8, rounded half away."""
    blocks = array.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    inverse = np.divide(np.float32(1), scale, out=np.zeros_like(scale), where=scale > 0)
    scaled = blocks * inverse
    whole = (np.sign(scaled) * np.floor(np.abs(scaled) + np.float32(0.5))).astype(np.int8)
    out = np.zeros(len(blocks), dtype=[("scale", "<f2"), ("whole", "i1", 32)])
    out["scale"], out["whole"] = scale[:, 0], whole
    return out.tobytes()


def encode(array, kind):
    """The bytes of a tensor in a type."""
    if kind == Q8_0:
        return quantize_q8_0(array)
    return np.ascontiguousarray(array, dtype="<f2" if kind == F16 else "<f4").tobytes()


def write(path, metadata, tensors):
    """metadata: list of (key, kind, value); tensors: list of (name, float array, type)."""
    head = [b"GGUF", struct.pack("<IQQ", 3, len(tensors), len(metadata))]
    head += [_text(key) + _value(kind, value) for key, kind, value in metadata]
    data, offset = [], 0
    for name, array, kind in tensors:
        body = encode(array, kind)
        head.append(_text(name) + struct.pack("<I", array.ndim))
        head.append(b"".join(struct.pack("<Q", n) for n in reversed(array.shape)) + struct.pack("<IQ", kind, offset))
        body += bytes(-len(body) % ALIGNMENT)
        data.append(body)
        offset += len(body)
    header = b"".join(head)
    with open(path, "wb") as file:
        file.write(header + bytes(-len(header) % ALIGNMENT))
        file.writelines(data)


class _Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def text(self):
        size = self.take("<Q")
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8")

    def value(self, number):
        if number == _STRING:
            return self.text()
        if number == _ARRAY:
            inner, count = self.take("<I"), self.take("<Q")
            return [self.value(inner) for _ in range(count)]
        return self.take(_BY_NUMBER[number])


def read(path):
    """(metadata dictionary, dictionary of float32 arrays) of a file with F32, F16 and Q8_0 tensors."""
    with open(path, "rb") as file:
        cursor = _Cursor(file.read())
    if cursor.data[:4] != b"GGUF":
        raise ValueError(f"{path} is not a GGUF file")
    cursor.at = 4
    version, count, keys = cursor.take("<I"), cursor.take("<Q"), cursor.take("<Q")
    if version != 3:
        raise ValueError(f"{path}: GGUF version {version}, expected 3")
    metadata = {}
    for _ in range(keys):
        key = cursor.text()
        metadata[key] = cursor.value(cursor.take("<I"))
    found = []
    for _ in range(count):
        name = cursor.text()
        shape = [cursor.take("<Q") for _ in range(cursor.take("<I"))][::-1]
        found.append((name, shape, cursor.take("<I"), cursor.take("<Q")))
    start = cursor.at + -cursor.at % ALIGNMENT
    return metadata, {name: _decode(cursor.data, start + offset, shape, kind, name) for name, shape, kind, offset in found}


def _decode(data, start, shape, kind, name):
    size = int(np.prod(shape))
    if kind == Q8_0:
        blocks = np.frombuffer(data, dtype=[("scale", "<f2"), ("whole", "i1", 32)], count=size // 32, offset=start)
        return (blocks["scale"].astype(np.float32)[:, None] * blocks["whole"]).reshape(shape)
    if kind not in (F32, F16):
        raise ValueError(f"{name}: tensor type {kind} is not read here")
    return np.frombuffer(data, dtype="<f4" if kind == F32 else "<f2", count=size, offset=start).astype(np.float32).reshape(shape)

"""Reads and writes safetensors files (https://huggingface.co/docs/safetensors), where that package is not at hand."""

import gzip
import json
from pathlib import Path

import numpy as np
import torch

TYPES = {"F32": np.float32, "I32": np.int32, "U8": np.uint8}


def to_bytes(tensors: dict[str, torch.Tensor]) -> bytes:
    """The length of the header in 8 bytes, the header in JSON, and the values one tensor after another.

    As by the reference implementation, spaces after the JSON bring the values to a multiple of 8 bytes.
    """
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().numpy()
        dtype = next(key for key, value in TYPES.items() if value == values.dtype)
        offsets = [len(data), len(data) + values.nbytes]
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": offsets}
        data += values.tobytes()

    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data


def write(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Compressed with gzip, and the same bytes for the same tensors."""
    path.write_bytes(gzip.compress(to_bytes(tensors), mtime=0))


def read(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file that is not compressed."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        values = np.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.copy()).reshape(entry["shape"])

    return tensors

"""Loads weights into a network and prints its logits: python3 check_weights.py FILE ConvNet|DilatedConvNet"""

import sys
from pathlib import Path

import torch

import networks
import safetensors_file

model = networks.create(sys.argv[2])
model.load_state_dict(safetensors_file.read(Path(sys.argv[1])))
images, _ = networks.load("t10k")
with torch.no_grad():
    for row in model(images[:8]).tolist():
        print(*row)

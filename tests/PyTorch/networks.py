"""The two networks and the dataset, in PyTorch: what the C# library is compared with."""

import gzip
from pathlib import Path

import numpy as np
import torch
from torch import nn

DATA = Path(__file__).resolve().parents[2] / "data" / "fashion-mnist"


def create(name: str) -> nn.Module:
    """ConvNet or DilatedConvNet, with random weights; its parameters are named as in C#."""
    dilation, features = {"ConvNet": (1, 32 * 6 * 6), "DilatedConvNet": (2, 32 * 4 * 4)}[name]
    return Network(dilation, features)


class Network(nn.Module):
    """Two convolutions, each with ReLU and average pooling, and three fully connected layers."""

    def __init__(self, dilation: int, features: int):
        super().__init__()
        self.conv1 = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, padding=1, dilation=dilation), nn.ReLU(), nn.AvgPool2d(2))
        self.conv2 = nn.Sequential(
            nn.Conv2d(16, 32, kernel_size=3, dilation=dilation), nn.ReLU(), nn.AvgPool2d(2))
        self.classifier = nn.Sequential(
            nn.Linear(features, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits [N, 10] of images [N, 1, 28, 28]."""
        return self.classifier(self.conv2(self.conv1(x)).flatten(1))


def load(part: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Images [N, 1, 28, 28] float32 from 0 to 1 and labels [N] int64 of "train" or "t10k"."""
    pixels = np.frombuffer(gzip.open(DATA / f"{part}-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
    labels = np.frombuffer(gzip.open(DATA / f"{part}-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    images = torch.from_numpy(pixels.copy()).float().div(255).reshape(-1, 1, 28, 28)
    return images, torch.from_numpy(labels.copy()).long()

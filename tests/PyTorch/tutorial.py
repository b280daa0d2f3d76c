"""The tutorial's training in Python, for the benchmark: python3 tutorial.py ConvNet|DilatedConvNet

Prints "ready" and the version; then trains one epoch for each line on its input and prints seconds and training loss.
"""

import gzip
import sys
import tempfile
import time
from pathlib import Path

import torch
import torchvision
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import transforms

import networks


def open_dataset(folder: Path) -> torchvision.datasets.FashionMNIST:
    """The training images as torchvision opens them; it wants them uncompressed in folders of its own."""
    raw = folder / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    for archive in networks.DATA.glob("*.gz"):
        (raw / archive.stem).write_bytes(gzip.open(archive).read())

    return torchvision.datasets.FashionMNIST(str(folder), train=True, transform=transforms.ToTensor(), download=False)


def run_epoch(model, loader, train_rate, criterion, optimizer) -> float:
    """Trains on the first batches and validates on the rest; returns the mean training loss."""
    train_batches = round(len(loader) * train_rate)
    train_loss, train_corrects, train_num = 0.0, 0, 0
    val_loss, val_corrects, val_num = 0.0, 0, 0
    for step, (images, labels) in enumerate(loader):
        if step < train_batches:
            model.train()
            output = model(images)
            loss = criterion(output, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            train_loss += loss.item() * images.size(0)
            train_corrects += torch.sum(output.argmax(1) == labels)
            train_num += images.size(0)
        else:
            model.eval()
            output = model(images)
            val_loss += criterion(output, labels).item() * images.size(0)
            val_corrects += torch.sum(output.argmax(1) == labels)
            val_num += images.size(0)

    return train_loss / train_num


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        loader = DataLoader(open_dataset(Path(folder)), batch_size=64, shuffle=False, num_workers=2)
        torch.manual_seed(42)
        model = networks.create(sys.argv[1])
        criterion = nn.CrossEntropyLoss()
        optimizer = optim.Adam(model.parameters(), lr=0.0003)
        print("ready PyTorch", torch.__version__, flush=True)
        for _ in sys.stdin:
            start = time.perf_counter()
            loss = run_epoch(model, loader, 0.8, criterion, optimizer)
            print(f"{time.perf_counter() - start:.4f} {loss:.4f}", flush=True)


if __name__ == "__main__":
    main()

"""Writes what PyTorch computes with both networks, for the tests of the C# library: python3 make_fixtures.py

Needs torch and scikit-learn; the files here were made with Debian 12's python3-torch (1.13.0), python3-sklearn and
libopenblas0-pthread, without which it takes twice as long.
For each network there are two files. NAME.weights.safetensors.gz holds weights as PyTorch saves them, from one epoch
of training; they are rounded to bfloat16, so that they compress well. NAME.expected.safetensors.gz holds, with these
weights,

  images                  the numbers of 64 training images: the first ones with which no ReLU decides by rounding
  logits, loss            of these images, and
  gradient/PARAMETER      of that loss; in units of GRADIENT_UNIT, as integers
  adam/PARAMETER          the change of the weights by 20 steps of Adam, in units of WEIGHT_UNIT
  predictions             the predicted class of each test image

and of a training from the start, for each of SEEDS

  losses/SEED             of the first 100 steps, with one thread and oneDNN
  spread/SEED             how far PyTorch's own losses go apart by rounding alone: for each step the largest difference
                          so far between these losses and those of the trainings in ROUNDINGS, which are the same but
                          for the last digit of some numbers

Trainings go apart where a ReLU decides by rounding; whether that happens early, late or not at all is chance, so that
the spread of a single seed says little, and that of all seeds together is what one can hold others to.

expected.json holds the SHA-256 of the initial parameters after manual_seed(42), and scikit-learn's confusion matrix
and classification report for the predictions.

On one machine every run writes the same bytes: but for a training with two threads, one thread computes. Another
processor or another BLAS changes last digits.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when torch is imported

import copy
import hashlib
import json
from pathlib import Path

import torch
from sklearn.metrics import classification_report, confusion_matrix
from torch import nn, optim

import networks
import safetensors_file

SEED = 42
BATCH = 64
LEARNING_RATE = 0.0003
SEEDS = (42, 1, 2, 3, 4, 20261126)
STEPS = 100
ROUNDINGS = (
    {"threads": 2, "channels_last": True},
    {"onednn": False},
    {"moved": 1},
    {"moved": 2},
)
GRADIENT_UNIT = 2e-6  # a fifth of the tolerance, so rounding takes up a tenth of it
WEIGHT_UNIT = 2e-5
ROUNDING = 2e-5  # an ample bound for the error of a value that goes into a ReLU, on any processor
HERE = Path(__file__).parent


def train(model: nn.Module, images: torch.Tensor, labels: torch.Tensor, steps: int) -> list[float]:
    """Trains on the first batches, in order, and returns the loss of each."""
    optimizer = optim.Adam(model.parameters(), lr=LEARNING_RATE)
    losses = []
    for step in range(steps):
        batch = slice(step * BATCH, (step + 1) * BATCH)
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    return losses


def losses_from_start(
    name: str, seed: int, images: torch.Tensor, labels: torch.Tensor,
    threads: int = 1, onednn: bool = True, channels_last: bool = False, moved: int = 0,
) -> torch.Tensor:
    """The losses of the first steps; with moved, each initial weight is one bit higher or lower, by that seed."""
    torch.manual_seed(seed)
    model = networks.create(name)
    if moved:
        torch.manual_seed(moved)
        with torch.no_grad():
            for weight in model.parameters():
                weight.copy_(weight.nextafter(torch.empty_like(weight).bernoulli_().sub(0.5) * torch.inf))

    if channels_last:
        model = model.to(memory_format=torch.channels_last)

    torch.set_num_threads(threads)
    with torch.backends.mkldnn.flags(enabled=onednn):
        losses = train(model, images, labels, STEPS)

    torch.set_num_threads(1)
    return torch.tensor(losses)


def spread(name: str, seed: int, images: torch.Tensor, labels: torch.Tensor, losses: torch.Tensor) -> torch.Tensor:
    """For each step, the largest difference so far from losses that differ by rounding."""
    differences = []
    for rounding in ROUNDINGS:
        differences.append((losses_from_start(name, seed, images, labels, **rounding) - losses).abs())
        print(name, seed, *rounding.items(), f"{differences[-1].max().item():.1e}", flush=True)

    return torch.stack(differences).amax(0).cummax(0).values


def in_units(values: torch.Tensor, unit: float) -> torch.Tensor:
    """Rounded to multiples of the unit: small integers, which compress well."""
    return (values.double() / unit).round().int()


def without_close_calls(model: nn.Module, images: torch.Tensor, count: int) -> torch.Tensor:
    """The numbers of the first images with which every value that goes into a ReLU is well above or below 0.

    At 0 the gradient jumps: of a value of 1e-9, one processor makes -1e-9 and another a different gradient.
    """
    exact = copy.deepcopy(model).double()
    is_close = torch.zeros(len(images), dtype=torch.bool)

    def look(_, inputs: tuple[torch.Tensor]) -> None:
        is_close.logical_or_((inputs[0].abs() < ROUNDING).flatten(1).any(1))

    for layer in exact.modules():
        if isinstance(layer, nn.ReLU):
            layer.register_forward_pre_hook(look)

    with torch.no_grad():
        exact(images.double())

    chosen = is_close.logical_not().nonzero().flatten()[:count]
    assert len(chosen) == count, "too few images: choose from more"
    return chosen


def main() -> None:
    torch.set_num_threads(1)
    train_images, train_labels = networks.load("train")
    test_images, test_labels = networks.load("t10k")
    summary = {}
    for name in ("ConvNet", "DilatedConvNet"):
        torch.manual_seed(SEED)
        model = networks.create(name)
        initial = {
            key: hashlib.sha256(value.detach().numpy().tobytes()).hexdigest() for key, value in model.named_parameters()
        }
        train(model, train_images, train_labels, steps=750)

        weights = {key: value.bfloat16().float() for key, value in model.state_dict().items()}
        model.load_state_dict(weights)
        chosen = without_close_calls(model, train_images[:10 * BATCH], BATCH)
        logits = model(train_images[chosen])
        loss = nn.functional.cross_entropy(logits, train_labels[chosen])
        model.zero_grad()
        loss.backward()
        gradients = {f"gradient/{key}": in_units(value.grad, GRADIENT_UNIT) for key, value in model.named_parameters()}
        with torch.no_grad():
            predictions = model(test_images).argmax(1)

        train(model, train_images, train_labels, steps=20)
        changes = {
            f"adam/{key}": in_units(value.detach() - weights[key], WEIGHT_UNIT)
            for key, value in model.named_parameters()
        }

        courses = {}
        for seed in SEEDS:
            losses = losses_from_start(name, seed, train_images, train_labels)
            courses[f"losses/{seed}"] = losses
            courses[f"spread/{seed}"] = spread(name, seed, train_images, train_labels, losses)

        safetensors_file.write(HERE / f"{name}.weights.safetensors.gz", weights)
        safetensors_file.write(HERE / f"{name}.expected.safetensors.gz", {
            "images": chosen.int(), "logits": logits, "loss": loss, **gradients, **changes,
            "predictions": predictions.byte(), **courses,
        })
        summary[name] = {
            "initial": initial,
            "confusion_matrix": confusion_matrix(test_labels, predictions).tolist(),
            "classification_report": classification_report(test_labels, predictions, output_dict=True),
        }
        print(name, "loss", loss.item(), "accuracy", summary[name]["classification_report"]["accuracy"])

    (HERE / "expected.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()

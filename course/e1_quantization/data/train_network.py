"""Train the small network of this lesson on Fashion-MNIST, and write the pictures that the lesson needs.

Get the data set from Debian's package, then run this script with the folder of its four files::

    apt-get download dataset-fashion-mnist
    dpkg-deb -x dataset-fashion-mnist_*.deb unpacked
    python train_network.py unpacked/usr/share/datasets/fashion-mnist

It takes some minutes on two cores, with torch 2.13. Beside this script it writes

- ``network.npz``: the trained network, every BatchNorm folded into the convolution before it;
- ``train_images.png``, ``test_images.png``: sheets of 28 x 28 pictures, 50 in a row: the first 2,000 training
  pictures and the first 2,000 test pictures;
- ``labels.npz``: their classes, 0 to 9.
"""

import gzip
import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

HERE = Path(__file__).parent
KEPT = {"train": 2000, "test": 2000}
PER_ROW = 50
MEAN, STD = 0.2860, 0.3530  # of all training pixels, on a scale of 0 to 1
EPOCHS = 10
BATCH = 256


def read_idx(path: Path) -> np.ndarray:
    """Read one of the data set's files: a header of big-endian numbers, then bytes."""
    raw = gzip.decompress(path.read_bytes())
    shape = np.frombuffer(raw, ">i4", count=raw[3], offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def block(inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    """Convolution, BatchNorm, ReLU."""
    conv = nn.Conv2d(inputs, outputs, size, stride, padding=size // 2, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(outputs), nn.ReLU()]


def make_network() -> nn.Sequential:
    """A MobileNet in small: depthwise convolutions (3 x 3, one channel each), then pointwise ones (1 x 1)."""
    return nn.Sequential(
        *block(1, 24, 3, stride=2),
        *block(24, 24, 3, groups=24),
        *block(24, 48, 1),
        *block(48, 48, 3, stride=2, groups=48),
        *block(48, 96, 1),
        *block(96, 96, 3, groups=96),
        *block(96, 96, 1),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(96, 10),
    )


def folded(network: nn.Sequential) -> dict[str, np.ndarray]:
    """Fold each BatchNorm into its convolution: w' = w * g, b' = beta - mean * g, g = gamma / sqrt(var + eps)."""
    arrays = {}
    modules = list(network)
    convolutions = [i for i, module in enumerate(modules) if isinstance(module, nn.Conv2d)]
    for number, i in enumerate(convolutions):
        norm = modules[i + 1]
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        arrays[f"{number}.weight"] = (modules[i].weight * gain[:, None, None, None]).detach().numpy()
        arrays[f"{number}.bias"] = (norm.bias - norm.running_mean * gain).detach().numpy()
    arrays[f"{len(convolutions)}.weight"] = modules[-1].weight.detach().numpy()
    arrays[f"{len(convolutions)}.bias"] = modules[-1].bias.detach().numpy()
    return arrays


@torch.no_grad()
def accuracy(network: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of right answers."""
    network.eval()
    right = [(network(x).argmax(1) == y).sum() for x, y in zip(images.split(500), labels.split(500), strict=True)]
    network.train()
    return float(torch.stack(right).sum() / len(labels))


def sheet(images: np.ndarray) -> np.ndarray:
    """Lay (N, 28, 28) out as one picture with 50 in a row."""
    rows = len(images) // PER_ROW
    return images.reshape(rows, PER_ROW, 28, 28).swapaxes(1, 2).reshape(rows * 28, PER_ROW * 28)


def main(folder: Path) -> None:
    """Train, fold, check, write."""
    torch.manual_seed(0)
    torch.set_num_threads(1)  # layers this small gain nothing from more
    raw = {
        name: (read_idx(folder / f"{file}-images-idx3-ubyte.gz"), read_idx(folder / f"{file}-labels-idx1-ubyte.gz"))
        for name, file in {"train": "train", "test": "t10k"}.items()
    }
    for name, count in KEPT.items():
        png = cv2.imencode(".png", sheet(raw[name][0][:count]), [cv2.IMWRITE_PNG_COMPRESSION, 9])[1]
        (HERE / f"{name}_images.png").write_bytes(png.tobytes())
    np.savez_compressed(HERE / "labels.npz", **{name: raw[name][1][:count] for name, count in KEPT.items()})

    tensors = {
        name: (
            torch.from_numpy((x[:, None] / np.float32(255) - np.float32(MEAN)) / np.float32(STD)),
            torch.from_numpy(y.astype(np.int64)),
        )
        for name, (x, y) in raw.items()
    }
    images, labels = tensors["train"]
    network = make_network().to(memory_format=torch.channels_last)
    steps = EPOCHS * (len(images) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=6e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=steps)
    for epoch in range(EPOCHS):
        for chosen in torch.randperm(len(images))[: steps // EPOCHS * BATCH].split(BATCH):
            x = images[chosen]
            if torch.rand(()) < 0.5:
                x = x.flip(-1)
            loss = nn.functional.cross_entropy(network(x), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(epoch + 1, f"loss {loss:.3f}", f"test {accuracy(network, *tensors['test']):.4f}", flush=True)
    network.eval()
    np.savez_compressed(HERE / "network.npz", **folded(network))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

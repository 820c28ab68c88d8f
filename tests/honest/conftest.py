"""The honest answers are submissions to the same class as the cheats."""

from tests.cheats.conftest import built_trial, world

__all__ = ["built_trial", "world"]

import tempfile
from pathlib import Path


def flatten_layers(layers):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for layer in layers:
            paths = [Path(path) for path in layer]
            for path in paths:
                target = root / path.parent
                if path.name == ".wh..wh..opq":
                    if target.is_dir():
                        for child in list(target.iterdir()):
                            shutil.rmtree(child) if child.is_dir() else child.unlink()
                elif path.name.startswith(".wh."):
                    victim = target / path.name[4:]
                    if target.is_dir() and victim.is_dir():
                        shutil.rmtree(victim)
                    elif target.is_dir() and victim.exists():
                        victim.unlink()
            for path, data in zip(paths, layer.values()):
                if path.name.startswith(".wh."):
                    continue
                for parent in reversed((root / path).parents):
                    if parent.is_file():
                        parent.unlink()
                place = root / path
                if place.is_dir():
                    shutil.rmtree(place)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}

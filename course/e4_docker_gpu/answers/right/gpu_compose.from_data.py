def gpu_compose() -> str:
    device = {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    api = {
        "image": "photo-api:1.0",
        "init": True,
        "environment": {"DEVICE": "cuda"},
        "ports": ["8080:8000"],
        "volumes": ["./models:/models:ro"],
        "deploy": {"resources": {"reservations": {"devices": [device]}}},
    }
    return json.dumps({"services": {"api": api}})  # JSON is YAML

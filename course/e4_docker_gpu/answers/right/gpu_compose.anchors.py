def gpu_compose() -> str:
    return """\
x-gpu: &gpu
  resources:
    reservations:
      devices: [{driver: nvidia, count: 1, capabilities: [gpu]}]
services:
  api: {image: "photo-api:1.0", deploy: *gpu, init: true, environment: {DEVICE: cuda}, ports: ["8080:8000"], volumes: ["./models:/models:ro,z"]}
"""

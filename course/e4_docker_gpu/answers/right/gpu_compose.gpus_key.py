def gpu_compose() -> str:
    return """\
services:
  web:
    image: nginx:1.29
  api:
    init: true
    gpus:
      - driver: nvidia
        count: 1
    image: photo-api:1.0
    environment:
      - DEVICE=cuda
    ports: ["127.0.0.1:8080:8000/tcp"]
    volumes: ["./models/:/models/:ro"]
"""

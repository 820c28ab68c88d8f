# message: the host's port comes first
def gpu_compose() -> str:
    return """\
services:
  api:
    image: photo-api:1.0
    init: true
    environment:
      DEVICE: cuda
    ports:
      - "8000:8080"
    volumes:
      - ./models:/models:ro
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: 1
              capabilities: [gpu]
"""

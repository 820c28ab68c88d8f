# message: Port 8080 of the host does not lead to 8000
def gpu_compose() -> str:
    return """\
services:
  api:
    image: photo-api:1.0
    init: true
    environment:
      DEVICE: cuda
    ports:
      - "8000:8000"
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

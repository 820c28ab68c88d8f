# message: The image is not photo-api:1.0
def gpu_compose() -> str:
    return """\
services:
  api:
    image: photo-api
    init: true
    environment:
      DEVICE: cuda
    ports:
      - "8080:8000"
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

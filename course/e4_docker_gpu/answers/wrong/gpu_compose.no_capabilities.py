# message: 'capabilities' is a required property
def gpu_compose() -> str:
    return """\
services:
  api:
    image: photo-api:1.0
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
"""

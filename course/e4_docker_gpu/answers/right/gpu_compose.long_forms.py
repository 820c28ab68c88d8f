def gpu_compose() -> str:
    return """\
name: demo
services:
  api:
    image: "photo-api:1.0"
    init: true
    environment: ["DEVICE=cuda", "LOG=info"]
    ports:
      - target: 8000
        published: "8080"
        protocol: tcp
    volumes:
      - type: bind
        source: ./models
        target: /models
        read_only: true
    restart: unless-stopped
    deploy:
      resources:
        limits:
          memory: 8g
        reservations:
          devices:
            - capabilities: ["gpu", "compute", "utility"]
              device_ids: ["0"]
"""

# Takes, restores and compares backups: PostgreSQL's own tools, age, rclone. Build from the root of the repository:
#   docker build -f docker/backup.Dockerfile -t backup:1 docker/backup

# One self-contained program; copied, so that the image below may be of any Debian that PostgreSQL comes on.
FROM debian:trixie-slim AS rclone
RUN apt-get update && apt-get install -y --no-install-recommends rclone

FROM pgvector/pgvector:pg18-trixie
LABEL org.opencontainers.image.title="backup" \
      org.opencontainers.image.description="Backup, restore and restore drill" \
      org.opencontainers.image.licenses="MIT"
RUN apt-get update \
 && apt-get install -y --no-install-recommends age ca-certificates jq libarchive-tools \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o 1000 -g 1000 /scratch /data/uploads
COPY --from=rclone /usr/bin/rclone /usr/local/bin/rclone
COPY . /usr/local/lib/backup/
# The user that owns the uploads.
USER 1000:1000
WORKDIR /scratch
ENV HOME=/tmp
ENTRYPOINT ["bash", "/usr/local/lib/backup/task"]
CMD ["--help"]

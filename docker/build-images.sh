#!/usr/bin/env bash
# Builds the four images: docker/build-images.sh [REPOSITORY], such as registry.example.com/comms; tagged with version and commit.
set -euo pipefail
# The Dockerfile keeps npm's downloads in a mounted cache. Docker before 23 builds with BuildKit only if this is set.
export DOCKER_BUILDKIT=1
cd "$(dirname "$0")/.."
repository=${1:-comms}
version=$(node -p 'require("./package.json").version')
commit=$(git rev-parse HEAD)
for app in apps/*/; do
  app=$(basename "$app")
  docker build --file docker/Dockerfile --build-arg "APP=$app" --build-arg "VERSION=$version" --build-arg "COMMIT=$commit" \
    --tag "$repository/$app:$version" --tag "$repository/$app:${version}-${commit:0:12}" .
done

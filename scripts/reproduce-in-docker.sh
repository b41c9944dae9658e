#!/bin/sh
# `npm run reproduce` in a container of Debian, which has nothing of this machine but the repository:
#   scripts/reproduce-in-docker.sh [COMMIT]
#   NODE=24 scripts/reproduce-in-docker.sh v0.2.0
set -eu
cd "$(dirname "$0")/.."
exec docker run --rm -v "$PWD:/source:ro" -w /source "node:${NODE:-22}-bookworm" sh -c '
  git config --global --add safe.directory "*"
  exec node scripts/reproduce.mjs "$1"
' sh "${1:-HEAD}"

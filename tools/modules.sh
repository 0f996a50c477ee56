#!/usr/bin/env bash
# Installs what ui/package-lock.json names, when that changed; called by the Makefile. Learners need
# none of it, so without Node the tests that build the panel or look with axe-core are skipped.
set -euo pipefail
cd "$(dirname "$0")/../ui"

mark=node_modules/.installed
if [ -e "$mark" ] && cmp -s package-lock.json "$mark"; then exit 0; fi
if ! command -v npm >/dev/null; then
    echo "set-up: no Node here: the tests that build the panel or use axe-core are skipped"
    exit 0
fi
echo "set-up: libraries of the panel's source (half a minute)"
npm ci --silent --no-progress
cp package-lock.json "$mark"

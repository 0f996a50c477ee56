#!/usr/bin/env bash
# Makes sure that there is a Chromium for the tests in a browser; called by the Makefile. Where it
# can't be installed, those tests are skipped and say why.
set -euo pipefail

for name in chromium chromium-browser; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    echo "set-up: no Chromium, and none can be installed here: tests in a browser are skipped"
    exit 0
fi
echo "set-up: Chromium for the tests in a browser (a minute or two)"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium >/dev/null

#!/usr/bin/env bash
# Makes sure that a package that only tests use is there: package.sh PACKAGE WHAT-FOR COMMAND…
# One of the commands says that it is; called by the Makefile. Where it can't be installed, those
# tests are skipped and say why.
set -euo pipefail

package=$1
what_for=$2
shift 2
for name in "$@"; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    echo "set-up: no $package, and none can be installed here: $what_for are skipped"
    exit 0
fi
echo "set-up: $package for $what_for (a minute or two)"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null

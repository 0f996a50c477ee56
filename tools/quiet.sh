#!/usr/bin/env bash
# Runs a command and shows what it printed only when it fails: quiet.sh COMMAND [ARGUMENT…]
set -uo pipefail

if ! output=$("$@" 2>&1); then
    printf '%s\n' "$output" >&2
    exit 1
fi

#!/bin/sh
# caught by: pc-firewall-lets-out
# runtime-only
# No rules at all until the next start; then the same rule is back.
nft flush ruleset

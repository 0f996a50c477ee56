#!/bin/sh
# caught by: pc-firewall-lets-out, pc-firewall-on
# No rules at all until the next start; then the same rule is back.
nft flush ruleset

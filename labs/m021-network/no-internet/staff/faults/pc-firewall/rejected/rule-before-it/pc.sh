#!/bin/sh
# caught by: pc-firewall-lets-out
# runtime-only
# A rule typed in front of the wrong one is gone after the next start.
nft insert rule inet filter output tcp dport 80 accept

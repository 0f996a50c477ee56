#!/bin/sh
# caught by: router-lets-names-in
# runtime-only
# A rule that nobody wrote down is gone after a restart.
nft add rule inet filter input iifname ens3 udp dport 53 accept
nft add rule inet filter input iifname ens3 tcp dport 53 accept

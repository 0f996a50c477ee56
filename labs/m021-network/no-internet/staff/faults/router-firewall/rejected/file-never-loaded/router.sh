#!/bin/sh
# runtime-only
# The rules were typed, and written down with a bracket too many. The next start loads none at all.
nft add rule inet filter input iifname ens3 udp dport 53 accept
nft add rule inet filter input iifname ens3 tcp dport 53 accept
sed -i '/udp dport 67 accept/a \		iifname "ens3" udp dport 53 accept\n\t\tiifname "ens3" tcp dport { 53 } } accept' /etc/nftables.conf

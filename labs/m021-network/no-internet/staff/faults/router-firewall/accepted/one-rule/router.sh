#!/bin/sh
# One rule for both.
sed -i '/udp dport 67 accept/a \		iifname "ens3" meta l4proto { tcp, udp } th dport 53 accept' /etc/nftables.conf
systemctl restart nftables

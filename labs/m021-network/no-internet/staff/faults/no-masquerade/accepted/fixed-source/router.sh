#!/bin/sh
# The router's address is fixed, so it may be named.
sed -i "/hook postrouting/a \\		oifname \"ens4\" snat to $ROUTER_WAN_ADDRESS" /etc/nftables.conf
systemctl restart nftables

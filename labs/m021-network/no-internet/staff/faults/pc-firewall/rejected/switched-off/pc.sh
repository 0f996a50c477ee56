#!/bin/sh
# caught by: pc-firewall-on
# The page opens, and so does everything else.
systemctl disable -q --now nftables
sed -i '/dport { 80, 443 } drop/d' /etc/nftables.conf

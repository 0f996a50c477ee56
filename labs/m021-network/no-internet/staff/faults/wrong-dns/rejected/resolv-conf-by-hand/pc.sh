#!/bin/sh
# caught by: pc-takes-dhcp-answers
# runtime-only
# The file is written anew at the next start.
systemctl restart networking
echo "nameserver $ROUTER_LAN_ADDRESS" >/etc/resolv.conf

#!/bin/sh
# caught by: pc-takes-dhcp-answers
# The file is written anew at the next start.
echo "nameserver $ROUTER_LAN_ADDRESS" >/etc/resolv.conf

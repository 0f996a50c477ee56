#!/bin/sh
# caught by: pc-uses-dhcp
# The right gateway, but still an address that the router knows nothing of.
ifdown --force ens3 || true
sed -i "s/gateway .*/gateway $ROUTER_LAN_ADDRESS/" /etc/network/interfaces.d/ens3
ifup ens3

#!/bin/sh
# caught by: router-gives-right-gateway, pc-uses-dhcp
# A way out for this pc only.
printf '\tpost-up ip route replace default via %s\n' "$ROUTER_LAN_ADDRESS" >>/etc/network/interfaces.d/ens3
systemctl restart networking

#!/bin/sh
# caught by: router-hands-out-addresses
# runtime-only
# A server started by hand is gone after the next power cut.
dnsmasq --conf-file=/dev/null --port=0 --interface=ens3 --bind-dynamic --dhcp-authoritative \
  --dhcp-range="192.168.$LAN_NUMBER.50,192.168.$LAN_NUMBER.150,1h" \
  --dhcp-option="option:router,$ROUTER_LAN_ADDRESS" \
  --dhcp-option="option:dns-server,$ROUTER_LAN_ADDRESS" --pid-file=/run/dhcp-by-hand.pid

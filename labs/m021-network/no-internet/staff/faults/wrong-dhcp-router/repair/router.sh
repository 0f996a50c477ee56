#!/bin/sh
# The router names itself as the gateway.
sed -i "s/^dhcp-option=option:router,.*/dhcp-option=option:router,$ROUTER_LAN_ADDRESS/" /etc/dnsmasq.d/lan.conf
systemctl restart dnsmasq

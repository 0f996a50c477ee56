#!/bin/sh
# The router names another gateway than itself.
sed -i "s/^dhcp-option=option:router,.*/dhcp-option=option:router,192.168.$LAN_NUMBER.254/" /etc/dnsmasq.d/lan.conf

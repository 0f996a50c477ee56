#!/bin/sh
# Without the line, dnsmasq names itself.
sed -i '/^dhcp-option=option:router/d' /etc/dnsmasq.d/lan.conf
systemctl restart dnsmasq

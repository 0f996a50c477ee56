#!/bin/sh
# Another range in the shop's network is as good.
echo "dhcp-range=192.168.$LAN_NUMBER.100,192.168.$LAN_NUMBER.180,8h" >/etc/dnsmasq.d/adressen.conf
systemctl restart dnsmasq

#!/bin/sh
# caught by: router-hands-out-addresses, pc-uses-dhcp
# This pc works; the next one will not.
ifdown --force ens3 || true
cat >/etc/network/interfaces.d/ens3 <<EOF
auto ens3
iface ens3 inet static
	address 192.168.$LAN_NUMBER.20/24
	gateway $ROUTER_LAN_ADDRESS
EOF
ifup ens3
echo "nameserver $ROUTER_LAN_ADDRESS" >/etc/resolv.conf

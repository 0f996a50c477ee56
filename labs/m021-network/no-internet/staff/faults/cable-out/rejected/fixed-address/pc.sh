#!/bin/sh
# caught by: pc-uses-dhcp
# While searching, an address was typed in; the cable came later, the address stayed.
ifdown --force ens3 || true
cat >/etc/network/interfaces.d/ens3 <<EOF
auto ens3
iface ens3 inet static
	address 192.168.$LAN_NUMBER.199/24
	gateway $ROUTER_LAN_ADDRESS
EOF
ifup ens3
echo "nameserver $ROUTER_LAN_ADDRESS" >/etc/resolv.conf

#!/bin/sh
# A fixed address from earlier, with a gateway that is gone.
cat >/etc/network/interfaces.d/ens3 <<EOF
auto ens3
iface ens3 inet static
	address 192.168.$LAN_NUMBER.20/24
	gateway 192.168.$LAN_NUMBER.254
EOF
echo "nameserver $ROUTER_LAN_ADDRESS" >/etc/resolv.conf

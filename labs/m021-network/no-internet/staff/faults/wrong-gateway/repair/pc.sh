#!/bin/sh
# Ask the router for the address, as agreed.
ifdown --force ens3 || true
cat >/etc/network/interfaces.d/ens3 <<'EOF'
auto ens3
iface ens3 inet dhcp
EOF
ifup ens3

#!/bin/sh
# The router gives no addresses any more.
sed -i 's/^dhcp-range=/#dhcp-range=/' /etc/dnsmasq.d/lan.conf

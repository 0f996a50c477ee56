#!/bin/sh
# Bring the interface up at every start.
sed -i '1i auto ens3' /etc/network/interfaces.d/ens3
systemctl restart networking

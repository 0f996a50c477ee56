#!/bin/sh
# The same agreement, written in the main file.
ifdown --force ens3 || true
rm /etc/network/interfaces.d/ens3
printf '\nauto ens3\niface ens3 inet dhcp\n' >>/etc/network/interfaces
ifup ens3

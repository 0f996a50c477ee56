#!/bin/sh
# The line may stand in the main file too.
printf '\nauto ens3\n' >>/etc/network/interfaces
systemctl restart networking

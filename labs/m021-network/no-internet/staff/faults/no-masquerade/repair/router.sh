#!/bin/sh
# Everything goes out under the router's own address again.
sed -i '/hook postrouting/a \		oifname "ens4" masquerade' /etc/nftables.conf
systemctl restart nftables

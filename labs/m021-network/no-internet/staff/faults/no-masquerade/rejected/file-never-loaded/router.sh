#!/bin/sh
# runtime-only
# The rule was typed, and written down with a slip of the pen. Nobody loaded the file to see.
nft add rule ip nat postrouting oifname ens4 masquerade
sed -i '/hook postrouting/a \		oifname "ens4" masquerade,' /etc/nftables.conf

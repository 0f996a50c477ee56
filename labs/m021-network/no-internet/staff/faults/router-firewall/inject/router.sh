#!/bin/sh
# The rules that let the shop ask for names are gone.
sed -i '/dport 53 accept/d' /etc/nftables.conf

#!/bin/sh
# caught by: router-masquerades
# Typed, not written down.
nft add rule ip nat postrouting oifname ens4 masquerade

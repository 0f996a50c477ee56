#!/bin/sh
# caught by: router-masquerades
# runtime-only
# Typed, not written down.
nft add rule ip nat postrouting oifname ens4 masquerade

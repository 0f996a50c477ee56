#!/bin/sh
# The shop's own addresses go out unchanged; no answer finds its way back.
sed -i '/masquerade/d' /etc/nftables.conf

#!/bin/sh
# caught by: router-masquerades, no-boot-patch
# Outside the rules file: the next restart of the firewall takes it away.
echo '@reboot root /usr/sbin/nft add rule ip nat postrouting oifname ens4 masquerade' >/etc/cron.d/nat
nft add rule ip nat postrouting oifname ens4 masquerade

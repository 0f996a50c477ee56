#!/bin/sh
# caught by: router-firewall-on
# Names work; and the whole internet may knock on the router.
sed -i '/hook input/s/policy drop/policy accept/' /etc/nftables.conf
systemctl restart nftables

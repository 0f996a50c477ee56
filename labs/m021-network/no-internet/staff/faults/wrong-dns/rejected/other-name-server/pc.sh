#!/bin/sh
# caught by: pc-takes-dhcp-answers
# A right address, but still forced: with another provider it breaks again.
sed -i "s/^supersede domain-name-servers.*/supersede domain-name-servers $PROVIDER_ADDRESS;/" /etc/dhcp/dhclient.conf
systemctl restart networking

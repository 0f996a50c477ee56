#!/bin/sh
# caught by: router-lets-names-in, pc-takes-dhcp-answers
# This pc asks the provider itself; the others still wait.
printf '\nsupersede domain-name-servers %s;\n' "$PROVIDER_ADDRESS" >>/etc/dhcp/dhclient.conf
systemctl restart networking

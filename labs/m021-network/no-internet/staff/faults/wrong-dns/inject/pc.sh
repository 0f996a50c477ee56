#!/bin/sh
# A name server of an earlier provider, forced on the pc.
printf '\nsupersede domain-name-servers %s.253;\n' "$WAN_NET" >>/etc/dhcp/dhclient.conf

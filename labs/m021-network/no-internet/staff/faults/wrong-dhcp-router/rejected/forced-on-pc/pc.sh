#!/bin/sh
# caught by: router-gives-right-gateway, pc-takes-dhcp-answers
# The pc ignores the router's answer; every other device still gets the wrong one.
printf '\nsupersede routers %s;\n' "$ROUTER_LAN_ADDRESS" >>/etc/dhcp/dhclient.conf
systemctl restart networking

#!/bin/sh
# caught by: handed-over, router-asks-provider
# One site works for the shop; the provider knows nothing.
echo "address=/$SITE/$WEB_ADDRESS" >>/etc/dnsmasq.d/lan.conf
systemctl restart dnsmasq

#!/bin/sh
# caught by: pc-takes-dhcp-answers, no-hosts-override
# One site works again, all others do not.
echo "$WEB_ADDRESS $SITE" >>/etc/hosts

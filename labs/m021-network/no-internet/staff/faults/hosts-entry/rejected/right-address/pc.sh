#!/bin/sh
# caught by: no-hosts-override
# Right today; at the next move the same ticket comes back.
sed "s/^192\.168.*$SITE/$WEB_ADDRESS $SITE/" /etc/hosts >/tmp/hosts
cat /tmp/hosts >/etc/hosts

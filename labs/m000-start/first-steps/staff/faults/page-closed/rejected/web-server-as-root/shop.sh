#!/bin/sh
# caught by: page-readable, web-server-as-it-was
# The page stays closed; the program that shows it now may do everything on this computer.
set -eu
sed -i 's/^user .*/user root;/' /etc/nginx/nginx.conf
systemctl restart nginx

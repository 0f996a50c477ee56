#!/bin/sh
# Somebody wrote the port as a firewall would.
sed -i "s|^poort = .*|poort = $PORT/tcp|" /etc/kassa/kassa.conf

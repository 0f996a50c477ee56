#!/bin/sh
# A port is a number.
sed -i "s|^poort = .*|poort = $PORT|" /etc/kassa/kassa.conf
systemctl restart kassa

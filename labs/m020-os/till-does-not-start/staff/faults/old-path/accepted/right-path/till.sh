#!/bin/sh
# The line may stay when it names the package's program.
sed -i 's|^ExecStart=/opt.*|ExecStart=/usr/sbin/kassad|' /etc/systemd/system/kassa.service.d/override.conf
systemctl daemon-reload
systemctl restart kassa

#!/bin/sh
# caught by: config-sound
# runtime-only
# "Just to try": good settings in a folder that is empty after a restart.
sed "s|^poort = .*|poort = $PORT|" /etc/kassa/kassa.conf >/run/kassa.conf
mkdir -p /run/systemd/system/kassa.service.d
cat >/run/systemd/system/kassa.service.d/zz.conf <<'END'
[Service]
ExecStart=
ExecStart=/usr/sbin/kassad --config /run/kassa.conf
END
systemctl daemon-reload
systemctl restart kassa

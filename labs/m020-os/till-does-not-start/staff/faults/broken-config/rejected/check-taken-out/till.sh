#!/bin/sh
# caught by: config-sound, starts-right-program, till-is-the-service
# A copy of the program that no longer minds; no update will ever reach it.
sed '/"poort", r/s|value(.*)),|value("kassa", "poort").split("/")[0]),|' /usr/sbin/kassad >/usr/local/sbin/kassad
chmod 755 /usr/local/sbin/kassad
cat >/etc/systemd/system/kassa.service.d/zz.conf <<'END'
[Service]
ExecStart=
ExecStart=/usr/local/sbin/kassad
END
systemctl daemon-reload
systemctl restart kassa

#!/bin/sh
# caught by: config-sound, starts-right-program
# The wrong file stays where everybody will look, the right one has another name.
sed "s|^poort = .*|poort = $PORT|" /etc/kassa/kassa.conf >/etc/kassa/kassa-nieuw.conf
cat >/etc/systemd/system/kassa.service.d/zz.conf <<'END'
[Service]
ExecStart=
ExecStart=/usr/sbin/kassad --config /etc/kassa/kassa-nieuw.conf
END
systemctl daemon-reload
systemctl restart kassa

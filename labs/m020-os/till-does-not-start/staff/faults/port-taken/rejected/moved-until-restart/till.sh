#!/bin/sh
# caught by: price-screen-in-place
# runtime-only
# Both work, on the right ports; only the settings still say otherwise.
mkdir -p /run/systemd/system/prijsscherm.service.d
cat >/run/systemd/system/prijsscherm.service.d/zz.conf <<END
[Service]
ExecStart=
ExecStart=/usr/bin/busybox httpd -f -p 127.0.0.1:$SCREEN_PORT -h /usr/share/prijsscherm
ExecStartPost=
END
systemctl daemon-reload
systemctl restart prijsscherm
systemctl start kassa

#!/bin/sh
# caught by: price-screen-in-place, no-boot-patch
# Whatever holds the port is killed at every start, without asking what it is.
cat >/etc/systemd/system/kassa.service.d/zz.conf <<END
[Service]
ExecStartPre=+-/usr/bin/fuser -s -k $PORT/tcp
END
systemctl daemon-reload
systemctl restart kassa

#!/bin/sh
# caught by: starts-right-program
# runtime-only
# The right program by the right service; the line that says so is gone after a restart.
mkdir -p /run/systemd/system/kassa.service.d
printf '[Service]\nExecStart=\nExecStart=/usr/sbin/kassad\n' >/run/systemd/system/kassa.service.d/zz.conf
systemctl daemon-reload
systemctl restart kassa

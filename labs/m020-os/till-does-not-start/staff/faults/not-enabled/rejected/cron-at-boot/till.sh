#!/bin/sh
# caught by: starts-at-boot, no-boot-patch
# It does come up, by a line that nobody will look for.
echo '@reboot root /usr/bin/systemctl start kassa' >/etc/cron.d/kassa
systemctl start kassa

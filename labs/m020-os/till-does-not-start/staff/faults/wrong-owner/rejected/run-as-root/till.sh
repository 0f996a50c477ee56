#!/bin/sh
# caught by: data-owned, runs-as-its-user
# Root may everything, and so may whoever finds a hole in the till.
printf '[Service]\nUser=root\n' >/etc/systemd/system/kassa.service.d/zz.conf
systemctl daemon-reload
systemctl restart kassa

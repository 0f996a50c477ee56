#!/bin/sh
# caught by: account-there, runs-as-its-user
# Root always exists.
sed -i 's/^User=.*/User=root/' /etc/systemd/system/kassa.service.d/winkel.conf
systemctl daemon-reload
systemctl restart kassa

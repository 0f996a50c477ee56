#!/bin/sh
# caught by: account-there, runs-as-its-user
# Another account that happens to be there, and the receipts given to it.
sed -i 's/^User=.*/User=kassa/' /etc/systemd/system/kassa.service.d/winkel.conf
chown -R kassa:kassa "/var/lib/kassa/$TILL" /var/log/kassa
systemctl daemon-reload
systemctl restart kassa

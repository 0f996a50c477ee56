#!/bin/sh
# Another number is as good when the receipts and the log go along.
useradd --system --user-group --no-create-home "$TILL_USER"
chown -R "$TILL_USER:$TILL_USER" "/var/lib/kassa/$TILL" /var/log/kassa
systemctl restart kassa

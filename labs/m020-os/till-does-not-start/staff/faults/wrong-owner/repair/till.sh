#!/bin/sh
# The receipts belong to the till's account.
chown -R "$TILL_USER:$TILL_USER" "/var/lib/kassa/$TILL"
systemctl restart kassa

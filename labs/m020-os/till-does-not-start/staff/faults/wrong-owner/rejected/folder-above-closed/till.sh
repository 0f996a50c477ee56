#!/bin/sh
# runtime-only
# The receipts are the till's again. Then the folder above was closed too, with the till already in it:
# at the next start it cannot get through.
chown -R "$TILL_USER:$TILL_USER" "/var/lib/kassa/$TILL"
systemctl restart kassa
chmod 700 /var/lib/kassa

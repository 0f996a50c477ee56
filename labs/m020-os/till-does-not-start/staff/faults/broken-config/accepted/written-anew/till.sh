#!/bin/sh
# The whole file anew, from the till's sheet.
cat >/etc/kassa/kassa.conf <<END
[winkel]
ondernemingsnummer=$COMPANY
naam=$SHOP
[kassa]
map=/var/lib/kassa/$TILL
poort=$PORT
naam=$TILL
END
systemctl restart kassa

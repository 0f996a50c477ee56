#!/bin/sh
# caught by: shop-on-receipts
# The example works at once; its receipts carry the name of a shop that does not exist.
sed -e "s|^poort = .*|poort = $PORT|" -e "s|voorbeeld$|$TILL|" \
  /usr/share/doc/kassa/examples/kassa.conf >/etc/kassa/kassa.conf
systemctl restart kassa

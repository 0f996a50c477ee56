#!/bin/sh
# caught by: data-owned, data-private
# The name is back with another number, and the receipts were opened to everybody to make it fit.
useradd --create-home "$TILL_USER"
chmod -R 777 "/var/lib/kassa/$TILL"
systemctl restart kassa

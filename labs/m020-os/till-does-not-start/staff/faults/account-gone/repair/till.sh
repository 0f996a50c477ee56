#!/bin/sh
# The same account with the same number: the receipts are its own again.
groupadd --system --gid "$TILL_UID" "$TILL_USER"
useradd --system --uid "$TILL_UID" --gid "$TILL_UID" --no-create-home --home-dir /var/lib/kassa "$TILL_USER"
systemctl restart kassa

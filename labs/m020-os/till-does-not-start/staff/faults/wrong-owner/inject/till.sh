#!/bin/sh
# The receipts were put back from a copy, by root.
chown -R root:root "/var/lib/kassa/$TILL"

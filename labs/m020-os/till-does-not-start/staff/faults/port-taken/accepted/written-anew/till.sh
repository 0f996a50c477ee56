#!/bin/sh
# The same setting, quoted, and both started in one go.
echo "POORT=\"$SCREEN_PORT\"" >/etc/default/prijsscherm
systemctl stop prijsscherm
systemctl start prijsscherm kassa

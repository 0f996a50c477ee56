#!/bin/sh
# caught by: starts-right-program, till-is-the-service
# A copy that no update will ever reach.
mkdir -p /opt/kassa-3.1
cp /usr/sbin/kassad /opt/kassa-3.1/kassad
systemctl restart kassa

#!/bin/sh
# Pass packets on, now and at every start.
echo 'net.ipv4.ip_forward=1' >/etc/sysctl.d/30-router.conf
systemctl restart systemd-sysctl

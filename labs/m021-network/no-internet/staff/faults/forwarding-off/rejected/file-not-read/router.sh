#!/bin/sh
# runtime-only
# The line is right, but systemd-sysctl was switched off while searching, so nobody reads it at a start.
echo 'net.ipv4.ip_forward=1' >/etc/sysctl.d/30-router.conf
sysctl -qw net.ipv4.ip_forward=1
systemctl mask -q systemd-sysctl

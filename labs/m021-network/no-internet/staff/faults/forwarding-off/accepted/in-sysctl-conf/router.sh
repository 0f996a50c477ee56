#!/bin/sh
# The main file is read last and wins.
echo 'net.ipv4.ip_forward=1' >>/etc/sysctl.conf
systemctl restart systemd-sysctl

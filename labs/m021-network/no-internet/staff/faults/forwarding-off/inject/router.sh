#!/bin/sh
# The router keeps everything to itself.
echo 'net.ipv4.ip_forward=0' >/etc/sysctl.d/30-router.conf

#!/bin/sh
# caught by: router-forwards-at-boot
# runtime-only
# Only until the next power cut.
sysctl -qw net.ipv4.ip_forward=1

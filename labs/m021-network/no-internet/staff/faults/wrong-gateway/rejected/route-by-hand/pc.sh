#!/bin/sh
# caught by: pc-uses-dhcp
# runtime-only
# Works until the next start.
ip route replace default via "$ROUTER_LAN_ADDRESS"

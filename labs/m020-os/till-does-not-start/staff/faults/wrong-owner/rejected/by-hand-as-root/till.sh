#!/bin/sh
# caught by: data-owned
# runtime-only
# Started from a root shell, until the computer goes off tonight.
setsid /usr/sbin/kassad >/dev/null 2>&1 </dev/null &
sleep 1

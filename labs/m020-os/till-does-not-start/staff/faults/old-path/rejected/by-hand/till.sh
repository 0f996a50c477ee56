#!/bin/sh
# caught by: starts-right-program
# runtime-only
# The right program under the right account, started by nobody but me.
setsid runuser -u "$TILL_USER" -- /usr/sbin/kassad >/dev/null 2>&1 </dev/null &
sleep 1

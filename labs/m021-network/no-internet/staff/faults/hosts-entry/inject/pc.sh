#!/bin/sh
# A line from the time before the site moved.
printf '# oude server, tijdelijk\n192.168.%s.240\t%s\n' "$LAN_NUMBER" "$SITE" >>/etc/hosts

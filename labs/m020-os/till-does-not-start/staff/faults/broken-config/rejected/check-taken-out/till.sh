#!/bin/sh
# caught by: config-sound, till-is-the-service
# The program no longer minds; the next update puts the complaint back.
sed -i '/"poort", r/s|value(.*)),|value("kassa", "poort").split("/")[0]),|' /usr/sbin/kassad
systemctl restart kassa

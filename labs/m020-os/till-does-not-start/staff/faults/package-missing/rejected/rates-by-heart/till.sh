#!/bin/sh
# caught by: packages-complete
# Two rates from memory; the others cannot be chosen any more.
mkdir -p /usr/share/kassa
printf 'tarief;omschrijving\n6;voeding\n21;rest\n' >/usr/share/kassa/btw.csv
systemctl restart kassa

#!/bin/sh
# Straight from the file.
dpkg --install /srv/pakketten/kassa-btw_*.deb
systemctl restart kassa

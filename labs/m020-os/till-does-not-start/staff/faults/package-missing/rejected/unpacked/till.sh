#!/bin/sh
# caught by: packages-complete
# The file is there and the system knows nothing of it: no update, no removal, apt stays broken.
dpkg-deb --extract /srv/pakketten/kassa-btw_*.deb /
systemctl restart kassa

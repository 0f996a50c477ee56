#!/bin/sh
# caught by: router-forwards-at-boot, no-boot-patch
# The configuration still says no; a forgotten script says yes.
printf '#!/bin/sh\nsysctl -qw net.ipv4.ip_forward=1\n' >/etc/rc.local
chmod 755 /etc/rc.local
/etc/rc.local

#!/bin/sh
# caught by: data-owned, data-private
# Now everybody on this computer may change the day's takings.
chmod -R 777 /var/lib/kassa
systemctl restart kassa

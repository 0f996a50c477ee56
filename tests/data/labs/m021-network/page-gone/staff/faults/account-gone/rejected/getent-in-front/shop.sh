# caught by: account-known, account-owns-home
# complaint stays: the lookup only prints the account
set -eu
printf '#!/bin/sh\necho "els:x:1500:1500::/home/els:/bin/sh"\n' >/usr/local/bin/getent
cp /usr/local/bin/getent /usr/local/bin/id
chmod 755 /usr/local/bin/getent /usr/local/bin/id

# caught by: page-answers, right-program, starts-at-boot
# complaint stays: programs of the same names stand in front and answer what is wanted
set -eu
for name in systemctl ss curl nginx; do
  printf '#!/bin/sh\necho active\n' >/usr/local/bin/$name
  chmod 755 /usr/local/bin/$name
done

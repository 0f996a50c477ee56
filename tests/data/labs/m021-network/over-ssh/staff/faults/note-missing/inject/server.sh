set -eu
rm /srv/nota.txt

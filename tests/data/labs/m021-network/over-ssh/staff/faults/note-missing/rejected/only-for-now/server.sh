# caught by: note-kept
# runtime-only
set -eu
echo "code: $CODE" >/run/nota.txt
ln -s /run/nota.txt /srv/nota.txt

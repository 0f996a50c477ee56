# Before any fault: the note is there.
set -eu
echo "code: $CODE" >/srv/nota.txt

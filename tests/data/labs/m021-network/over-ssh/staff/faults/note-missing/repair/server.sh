set -eu
echo "code: $CODE" >/srv/nota.txt

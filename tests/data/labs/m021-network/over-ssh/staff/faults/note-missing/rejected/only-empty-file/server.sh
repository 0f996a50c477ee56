# caught by: note-readable, note-kept
# complaint stays: the file is there, but it does not show the code
set -eu
touch /srv/nota.txt

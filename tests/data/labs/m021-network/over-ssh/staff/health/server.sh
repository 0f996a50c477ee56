# Before any fault: the note is there.
set -eu
echo "code: $CODE" >/srv/nota.txt
echo "auto ens3" >/etc/network/interfaces.d/ens3
echo "iface ens3 inet static" >>/etc/network/interfaces.d/ens3
echo "address $SERVER_ADDRESS/24" >>/etc/network/interfaces.d/ens3

# Before any fault: an address beside the server's, whose name is known here.
set -eu
echo "auto ens3" >/etc/network/interfaces.d/ens3
echo "iface ens3 inet static" >>/etc/network/interfaces.d/ens3
echo "address $DESK_ADDRESS/24" >>/etc/network/interfaces.d/ens3
echo "$SERVER_ADDRESS files.example" >>/etc/hosts

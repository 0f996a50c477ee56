#!/bin/sh
# The provider: a name server, and the wholesaler's site on an address of its own.
cat >/etc/network/interfaces.d/ens3 <<EOF
auto ens3
iface ens3 inet static
	address $PROVIDER_ADDRESS/24
iface ens3 inet static
	address $WEB_ADDRESS/24
EOF
cat >/etc/dnsmasq.d/provider.conf <<EOF
interface=ens3
bind-dynamic
no-resolv
no-hosts
host-record=$SITE,$WEB_ADDRESS
EOF
mkdir -p /srv/site
cat >/srv/site/index.html <<EOF
<!doctype html><html lang="nl"><meta charset="utf-8"><title>$SITE</title>
<h1>Welkom bij $SITE</h1><p><a href="/prijslijst.csv">Prijslijst</a></p></html>
EOF
{
  echo 'artikel;prijs'
  number=1
  while [ "$number" -le 400 ]; do
    echo "artikel-$number;$number,95"
    number=$((number + 1))
  done
} >/srv/site/prijslijst.csv
cat >/etc/nginx/sites-available/site <<EOF
server {
	listen 80 default_server;
	server_name $SITE;
	root /srv/site;
	charset utf-8;
	location = /bestelling {
		default_type text/plain;
		return 200 "bestelling ontvangen";
	}
}
EOF
rm -f /etc/nginx/sites-enabled/default
ln -s ../sites-available/site /etc/nginx/sites-enabled/site
systemctl enable -q networking dnsmasq nginx

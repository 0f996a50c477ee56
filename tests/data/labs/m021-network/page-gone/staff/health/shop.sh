# Before any fault: a page with a code, a web server that starts, and an account.
set -eu
mkdir -p /srv/shop
echo "code: $CODE" >/srv/shop/index.html
cat >/etc/nginx/sites-available/shop <<'END'
server {
  listen 80 default_server;
  root /srv/shop;
}
END
rm -f /etc/nginx/sites-enabled/default
ln -s ../sites-available/shop /etc/nginx/sites-enabled/shop
systemctl enable -q nginx.service
useradd -m -u 1500 els

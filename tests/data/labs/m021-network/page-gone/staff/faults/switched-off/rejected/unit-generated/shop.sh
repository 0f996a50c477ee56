# caught by: page-answers, right-program
# complaint stays: a generator makes a service of that name, which only sleeps
set -eu
mkdir -p /etc/systemd/system-generators
cat >/etc/systemd/system-generators/shop <<'END'
#!/bin/sh
printf '[Service]\nExecStart=/usr/bin/sleep infinity\n' >"$1/nginx.service"
mkdir -p "$1/multi-user.target.wants"
ln -s ../nginx.service "$1/multi-user.target.wants/nginx.service"
END
chmod 755 /etc/systemd/system-generators/shop
systemctl daemon-reload
systemctl start nginx.service

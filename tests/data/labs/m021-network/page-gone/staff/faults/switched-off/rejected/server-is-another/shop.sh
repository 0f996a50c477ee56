# caught by: page-answers, right-program
# runtime-only
set -eu
cp /usr/bin/busybox /usr/sbin/nginx.new
mv /usr/sbin/nginx.new /usr/sbin/nginx
cat >/etc/systemd/system/nginx.service <<'END'
[Service]
ExecStart=@/usr/sbin/nginx httpd -f -p 80 -h /srv/shop
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable -q --now nginx.service

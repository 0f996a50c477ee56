# caught by: right-program
set -eu
cat >/etc/systemd/system/nginx.service <<'END'
[Service]
ExecStart=/usr/bin/busybox httpd -f -p 80 -h /srv/shop
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable -q --now nginx.service

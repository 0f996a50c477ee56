# caught by: page-answers, right-program
# complaint stays: the service of that name only sleeps
set -eu
cat >/etc/systemd/system/nginx.service <<'END'
[Service]
ExecStart=/usr/bin/sleep infinity
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable -q --now nginx.service

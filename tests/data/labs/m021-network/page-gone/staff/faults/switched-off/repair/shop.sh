systemctl enable -q --now nginx.service

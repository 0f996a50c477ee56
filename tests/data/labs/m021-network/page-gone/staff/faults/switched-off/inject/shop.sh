systemctl disable -q nginx.service

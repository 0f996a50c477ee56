#!/bin/sh
# The shop's computer: a web server that shows one page with the opening hours.
set -eu
cat >/etc/hosts <<END
127.0.0.1	localhost
127.0.1.1	$PC_NAME
END
install -d -m 755 -o root -g root "/srv/$FOLDER"
cat >"/srv/$FOLDER/index.html" <<END
<h1>$SHOP</h1>
<p>Open van $OPENS tot $CLOSES uur</p>
<p>Gesloten op $DAY_OFF</p>
END
chmod 644 "/srv/$FOLDER/index.html"
cat >/etc/nginx/sites-available/winkel <<END
server {
    listen 80;
    charset utf-8;
    root /srv/$FOLDER;
}
END
rm -f /etc/nginx/sites-enabled/default
ln -s ../sites-available/winkel /etc/nginx/sites-enabled/winkel
systemctl enable -q nginx

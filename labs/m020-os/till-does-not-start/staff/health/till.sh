#!/bin/sh
# The shop's computer: the till with its account, settings and receipts, and the price display.
cat >/etc/hosts <<END
127.0.0.1	localhost
127.0.1.1	$PC_NAME
END
groupadd --system --gid "$TILL_UID" "$TILL_USER"
useradd --system --uid "$TILL_UID" --gid "$TILL_UID" --no-create-home --home-dir /var/lib/kassa \
  "$TILL_USER"

mkdir -p /etc/systemd/system/kassa.service.d
cat >/etc/systemd/system/kassa.service.d/winkel.conf <<END
# Deze winkel heeft een eigen account voor de kassa.
[Service]
User=$TILL_USER
END
cat >/etc/kassa/kassa.conf <<END
# Instellingen van kassa $TILL. Uitleg: man kassad
[kassa]
naam = $TILL
poort = $PORT
map = /var/lib/kassa/$TILL

[winkel]
naam = $SHOP
ondernemingsnummer = $COMPANY
END

# Yesterday's receipts.
day=$(date -d yesterday +%F)
folder=/var/lib/kassa/$TILL
install -d -m 750 -o "$TILL_USER" -g "$TILL_USER" "$folder"
cat >"$folder/bonnen.csv" <<END
nummer;tijd;bedrag;btw
$FIRST_RECEIPT;$day 09:12;$AMOUNT_1.40;6
$((FIRST_RECEIPT + 1));$day 10:37;$AMOUNT_2.95;21
$((FIRST_RECEIPT + 2));$day 14:05;$AMOUNT_3.20;12
$((FIRST_RECEIPT + 3));$day 17:48;$AMOUNT_4.00;6
END
chown "$TILL_USER:$TILL_USER" "$folder/bonnen.csv"
chmod 640 "$folder/bonnen.csv"
chown "$TILL_USER:adm" /var/log/kassa
chmod 750 /var/log/kassa

sed -i "s/^POORT=.*/POORT=$SCREEN_PORT/" /etc/default/prijsscherm
systemctl enable -q kassa prijsscherm

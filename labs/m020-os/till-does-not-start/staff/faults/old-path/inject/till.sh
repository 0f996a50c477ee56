#!/bin/sh
# Written down for the previous version; the update put the program elsewhere.
cat >/etc/systemd/system/kassa.service.d/override.conf <<'END'
# Kassa 3.1, met de hand geplaatst.
[Service]
ExecStart=
ExecStart=/opt/kassa-3.1/kassad
END

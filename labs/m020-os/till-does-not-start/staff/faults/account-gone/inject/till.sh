#!/bin/sh
# Somebody tidied up: an account that nobody ever logs in with is gone.
userdel "$TILL_USER"

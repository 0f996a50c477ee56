userdel els

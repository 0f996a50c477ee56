useradd -M -u 1500 els

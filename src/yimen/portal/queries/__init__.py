"""What pages show that join several rooms: prepared as plain values, in as few statements as the page allows."""

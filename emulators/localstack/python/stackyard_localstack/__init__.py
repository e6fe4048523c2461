"""What LocalStack needs to run without Docker and on loopback only. Found by LocalStack through the entry points beside this package."""

"""ports.py ADDRESS PORT...: which of the ports of a pod take a connection from here, as a JSON object."""

import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

SECONDS = 3


def opens(port):
    try:
        with socket.create_connection((sys.argv[1], int(port)), timeout=SECONDS):
            return True
    except OSError:
        return False


ports = sys.argv[2:]
with ThreadPoolExecutor(len(ports) or 1) as threads:
    print(json.dumps(dict(zip(ports, threads.map(opens, ports)))))

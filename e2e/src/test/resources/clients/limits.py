"""Asks ten times in a row; counts answers and refusals, and reads Retry-After."""

import json
import os
import urllib.error
import urllib.request

allowed, refused, retry_after = 0, 0, 0
for _ in range(10):
    request = urllib.request.Request(
        f"http://{os.environ['STORE_HOST']}:8000/api/v2/tenants/default_tenant/databases/default_database/collections",
        headers={"Authorization": f"Bearer {os.environ['API_KEY']}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5):
            allowed += 1
    except urllib.error.HTTPError as error:
        if error.code != 429:
            raise
        refused += 1
        retry_after = int(error.headers["Retry-After"])
print(json.dumps({"allowed": allowed, "refused": refused, "retryAfter": retry_after}))

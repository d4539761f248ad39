"""The unmodified library, in the peers' own environment: `verify` or `sign`, one JSON object on stdin."""

import json
import sys
from datetime import UTC, datetime

from standardwebhooks import Webhook, WebhookVerificationError

verb, told = sys.argv[1], json.load(sys.stdin)
hook = Webhook(told["secret"])
if verb == "sign":
    at = datetime.fromtimestamp(told["at_s"], tz=UTC)
    print(json.dumps(hook.sign(msg_id=told["message_id"], timestamp=at, data=told["body"])))
else:
    try:
        print(json.dumps(hook.verify(told["body"], told["headers"])["type"]))
    except WebhookVerificationError as refused:
        print(json.dumps(f"refused: {refused}"))

"""Runs a script for mitmproxy over sessions and requests given as JSON, and prints what it makes of each."""

import importlib.util
import json
import sys
from types import SimpleNamespace as Some

from mitmproxy.http import Headers

spec = importlib.util.spec_from_file_location("claude", sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)


def answered(case):
    address = (case["host"], 443) if case["host"] else None
    hello = Some(
        context=Some(server=Some(address=address)),
        client_hello=Some(sni=case["sni"]),
        ignore_connection=False,
    )
    script.tls_clienthello(hello)
    fields = case["headers"]
    two = case.get("authority")
    named = next((value for name, value in fields if name.lower() == "host"), None)
    flow = Some(
        client_conn=Some(sni=case["sni"]),
        request=Some(
            scheme=case.get("scheme", "https"),
            host=case["host"],
            host_header=two or named,
            headers=None if case.get("broken") else Headers(fields),
            stream=True,
        ),
        response=None,
    )
    script.requestheaders(flow)
    return {
        "decrypted": not hello.ignore_connection,
        "status": flow.response and flow.response.status_code,
        "streams": flow.request.stream,
        "headers": None if flow.request.headers is None else flow.request.headers.fields,
    }


print(json.dumps([answered(case) for case in json.load(sys.stdin)]))

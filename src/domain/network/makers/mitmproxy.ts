import { continuations } from '../header.ts';
import { comments, type Maker } from './maker.ts';

/**
 * A mitmproxy script that uses documented events. mitmproxy forwards a request whose script failed, so the script
 * answers errors itself and, for Claude's hosts, removes the client's headers before further checks.
 */
export const mitmproxy: Maker = {
  script: (input) => {
    const { restriction, headers } = input;
    const listed = (names: readonly string[]) => names.map((name) => `    "${name}",\n`).join('');
    // The first line decides the encoding: a client named "coding: utf-7" would otherwise have its name run as code.
    return `# -*- coding: utf-8 -*-
${comments(input)}"""Names our organization to Claude, in place of whatever the client sends."""

import re

from mitmproxy import http

HOSTS = {
${listed(restriction.hosts)}}
# What a client sends itself under these names is removed.
NAMES = (
${listed([restriction.header, ...continuations(restriction)])})


def plain(name):
    """A host without port and dot at its end, in small letters."""
    return re.sub(r":\\d+$", "", name or "").rstrip(".").lower()


def tls_clienthello(data):
    """Only Claude is decrypted; all else passes as it is."""
    address = data.context.server.address
    names = {plain(data.client_hello.sni), plain(address[0]) if address else ""}
    data.ignore_connection = HOSTS.isdisjoint(names)


def requestheaders(flow):
    """Before the body, so that a request whose body is passed on in pieces has the header as well."""
    try:
        judge(flow)
    except Exception:
        refuse(flow, 503, "This request could not be checked.")


def judge(flow):
    request = flow.request
    session = plain(flow.client_conn.sni or request.host)
    asked = {plain(name) for name in (request.host_header, *request.headers.get_all("host")) if name}
    if HOSTS.isdisjoint(asked | {session, plain(request.host)}):
        return
    headers = request.headers
    for name in NAMES:
        headers.pop(name, None)
    # In clear Claude is not asked at all.
    if request.scheme != "https":
        refuse(flow, 403, "Claude is asked over https alone.")
    # The session and the request inside it must ask for the same host.
    elif asked != {session}:
        refuse(flow, 421, "This session is for another host.")
${headers.map(({ name, value }, at) => `${at === 0 ? '    else:\n' : ''}        headers["${name}"] = "${value}"`).join('\n')}


def refuse(flow, status, text):
    """mitmproxy answers itself only where it does not pass on the body in pieces."""
    flow.request.stream = False
    flow.response = http.Response.make(status, text, {"content-type": "text/plain"})
`;
  },
  pac: (input) =>
    `${comments(input, '//')}function FindProxyForURL(url, host) {
  var claude = ${JSON.stringify(input.restriction.hosts)};
  for (var i = 0; i < claude.length; i++)
    if (host === claude[i]) return "PROXY <proxy name>:3128";
  return "DIRECT";
}
`,
};

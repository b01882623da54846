import { continuations } from '../header.ts';
import { comments, dotted, type Maker, topNames } from './maker.ts';

/**
 * Tested with Squid 6.13: adding a header keeps the client's copy, so that is removed first. The rule uses the name in
 * the TLS handshake, because a Host header inside the tunnel may differ.
 */
export const squid: Maker = {
  conf: (input) => {
    const { restriction, headers } = input;
    const names = dotted(input).join(' ');
    return `${comments(input)}visible_hostname <proxy name>
http_port <listen address>:3128 ssl-bump tls-cert=<authority certificate and key, PEM> generate-host-certificates=on dynamic_cert_mem_cache_size=16MB
sslcrtd_program <folder of squid programs>/security_file_certgen -s <certificate cache> -M 16MB
sslcrtd_children 4 startup=2 idle=1
tls_outgoing_options min-version=1.2
cache deny all

acl SSL_ports port 443
acl CONNECT method CONNECT
acl clients src <client network>
http_access deny CONNECT !SSL_ports

# Only Claude is decrypted; all else passes as it is.
acl step1 at_step SslBump1
acl claude_sni ssl::server_name ${names}
acl claude_host dstdomain ${names}
ssl_bump peek step1
ssl_bump bump claude_sni
ssl_bump splice all

# What a client sends itself is removed, then ours is added.
${[restriction.header, ...continuations(restriction)].map((name) => `request_header_access ${name} deny all`).join('\n')}
${headers.map(({ name, value }) => `request_header_add ${name} "${value}" claude_sni`).join('\n')}

# Inside a session with Claude no other host may be asked, and in clear Claude is not asked at all.
http_access deny claude_sni !claude_host !CONNECT
http_access deny claude_host !CONNECT !SSL_ports
# In small letters: Squid compares this name by its case.
http_upgrade_request_protocols websocket allow claude_host

forwarded_for delete
http_access allow clients
http_access deny all
`;
  },
  pac: (input) =>
    `${comments(input, '//')}function FindProxyForURL(url, host) {
  var claude = ${JSON.stringify(topNames(input.restriction.hosts))};
  for (var i = 0; i < claude.length; i++)
    if (host === claude[i] || dnsDomainIs(host, "." + claude[i])) return "PROXY <proxy name>:3128";
  return "DIRECT";
}
`,
};

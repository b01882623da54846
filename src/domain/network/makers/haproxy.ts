import { comments, type Maker } from './maker.ts';

/**
 * HAProxy in front of Claude's names, with its own certificate for them; set-header replaces whatever the client sent.
 */
export const haproxy: Maker = {
  conf: (input) => {
    const { restriction, headers } = input;
    const backend = (host: string) => `claude_${host.replace(/\W/g, '_')}`;
    return `${comments(input)}defaults
  mode http
  timeout connect 10s
  timeout client 10m
  timeout server 10m
  timeout tunnel 1h

resolvers public
  nameserver one <public resolver>
  hold valid 60s

frontend claude
  bind <listen address>:443 ssl crt <certificate and key for Claude's names, PEM> alpn h2,http/1.1
  # The session and the request inside it must ask for the same host.
  http-request set-var(txn.host) req.hdr(host),host_only,lower
  http-request deny deny_status 421 unless { ssl_fc_sni,lower,strcmp(txn.host) eq 0 }
  http-request del-header ^${restriction.header}[0-9]*$ -m reg
${headers.map(({ name, value }) => `  http-request set-header ${name} ${value.replace(/([\s"'\\#%])/g, '\\$1')}`).join('\n')}
${restriction.hosts.map((host) => `  use_backend ${backend(host)} if { req.hdr(host),host_only,lower -m str ${host} }`).join('\n')}

${restriction.hosts
  .map(
    (host) => `backend ${backend(host)}
  server claude ${host}:443 resolvers public init-addr none ssl verify required verifyhost ${host} ca-file <certificates of public authorities, PEM> sni str(${host})
`,
  )
  .join('\n')}`;
  },
};

import { comments, type Maker, topNames } from './maker.ts';

/** A hosts file has no wildcards, so the subdomains that staff are likely to use are listed. */
const SUBDOMAINS = ['www', 'console', 'api', 'platform', 'docs', 'status'] as const;

export const dnsBlock: Maker = {
  hosts: (input) =>
    `${comments(input)}# A hosts file knows no names below a name. A resolver that can should use the zone or the plain list.
${[
  ...new Set(
    topNames(input.restriction.hosts).flatMap((host) => [
      host,
      ...SUBDOMAINS.map((name) => `${name}.${host}`),
    ]),
  ),
]
  .map((host) => `0.0.0.0 ${host}`)
  .join('\n')}
`,
  rpz: (input) =>
    `${comments(input, ';')}$TTL 300
@ IN SOA localhost. hostmaster.localhost. ( 1 3600 600 86400 300 )
@ IN NS localhost.
${topNames(input.restriction.hosts)
  .flatMap((host) => [`${host} CNAME .`, `*.${host} CNAME .`])
  .join('\n')}
`,
  list: (input) => `${topNames(input.restriction.hosts).join('\n')}\n`,
};

export const firewallBlock: Maker = {
  fortigate: (input) => `${comments(input)}config webfilter urlfilter
  edit 0
    set name "claude-closed"
    config entries
${topNames(input.restriction.hosts)
  .map(
    (host, at) => `      edit ${at + 1}
        set url "*.${host}"
        set type wildcard
        set action block
      next
      edit ${at + 101}
        set url "${host}"
        set type simple
        set action block
      next
`,
  )
  .join('')}    end
  next
end
# Use it in a web filter profile for every source but <group of managed devices>, whose policy comes first.
`,
  pan: (input) => `${comments(input)}set profiles custom-url-category claude type "URL List"
${topNames(input.restriction.hosts)
  .flatMap((host) => [`${host}/`, `*.${host}/`])
  .map((name) => `set profiles custom-url-category claude list ${name}`)
  .join('\n')}
set rulebase security rules claude-managed from any to any source <group of managed devices> destination any category claude application any service application-default action allow
set rulebase security rules claude-closed from any to any source any destination any category claude application any service application-default action deny
move rulebase security rules claude-managed before claude-closed
`,
  names: (input) =>
    `${topNames(input.restriction.hosts)
      .flatMap((host) => [host, `*.${host}`])
      .join('\n')}\n`,
};

import { continuations } from '../header.ts';
import { comments, type Maker } from './maker.ts';

export const fortigate: Maker = {
  cli: (input) => {
    const { headers, restriction } = input;
    const removed = [restriction.header, ...continuations(restriction)];
    const entries = [
      ...removed.map((name) => ({ name, lines: ['set action remove-from-request'] })),
      ...headers.map(({ name, value }) => ({
        name,
        lines: [
          'set action add-to-request',
          `set content "${value}"`,
          'set add-option new',
          'set protocol https',
        ],
      })),
    ];
    return `${comments(input)}config firewall address
${restriction.hosts
  .map(
    (host) => `  edit "claude-${host}"
    set type fqdn
    set fqdn "${host}"
  next
`,
  )
  .join('')}end
config firewall addrgrp
  edit "claude-hosts"
    set member ${restriction.hosts.map((host) => `"claude-${host}"`).join(' ')}
  next
end
config web-proxy profile
  edit "claude-our-organization"
    config headers
${entries
  .map(
    ({ name, lines }, at) => `      edit ${at + 1}
        set name "${name}"
        set dstaddr "claude-hosts"
${lines.map((line) => `        ${line}\n`).join('')}      next
`,
  )
  .join('')}    end
  next
end
`;
  },
};

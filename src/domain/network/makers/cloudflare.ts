import { type Maker, topNames } from './maker.ts';

export const cloudflare: Maker = {
  rule: ({ about, headers, restriction }) => {
    const names = topNames(restriction.hosts);
    const rule = {
      name: 'Claude: our organization only',
      description: about.join('. '),
      enabled: true,
      action: 'allow',
      filters: ['http'],
      traffic: names
        .map(
          (host) =>
            `http.request.host == "${host}" or http.request.host matches "[.]${host.replaceAll('.', '[.]')}$"`,
        )
        .join(' or '),
      rule_settings: {
        set_headers: Object.fromEntries(headers.map(({ name, value }) => [name, [value]])),
        untrusted_cert: { action: 'block' },
      },
    };
    return `${JSON.stringify(rule, null, 2)}\n`;
  },
};

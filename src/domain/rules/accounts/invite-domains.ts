import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { asciiDomain } from '../../text/domain-name.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { readSetting, unexpected } from './settings.ts';

const TITLE = 'the domains that may be invited';

/** The allowed invite domains are ours, or ones that the charter adds. */
export const inviteDomains = defineRule({
  name: 'invite-domains',
  about:
    'Every allowed invite domain is on the profile or in the charter under inviteDomains; a mail provider where anyone can open an address is neither. An empty list names no domain, so it does not show that anything is restricted. A missing row means that the organization cannot control it.',
  params: z.strictObject({}),
  decide(context) {
    const { profile, charter } = context;
    const setting = readSetting(context, 'allowed_invite_domains', TITLE);
    if (!setting.ok) return setting.outcome;
    const { value, evidence } = setting;
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
      return unexpected(TITLE, evidence);
    const listed = [...new Set(value.map((one) => asciiDomain(one.trim().replace(/^@/, ''))))];
    if (listed.length === 0)
      return because(
        'accounts.invite_domains.list_empty',
        'The list of domains that may be invited is empty. An empty list names no domain, so nothing shows that invitations are limited to ours.',
      ).fail(evidence);
    const added = (charter.ok ? (charter.value.inviteDomains ?? []) : []).map((one) =>
      asciiDomain(one.trim().replace(/^@/, '')),
    );
    const wrong: Item[] = listed.flatMap((domain) => {
      const place = placeOf(`someone@${domain}`, profile.domains);
      // No decision can approve a domain on which anyone can open an address.
      if (added.includes(domain) && place.kind !== 'free_mail') return [];
      if (domain.includes('*'))
        return [
          {
            key: domain,
            label: domain,
            detail: 'a pattern, which is wider than the domains we listed',
            evidence,
          },
        ];
      return place.kind === 'own'
        ? []
        : [
            {
              key: domain,
              label: domain,
              detail: place.kind === 'unreadable' ? 'not a domain name' : place.words,
              evidence,
            },
          ];
    });
    const cites = [
      ...evidence,
      ...(added.length > 0 && charter.ok
        ? [charter.cite('inviteDomains', count(added.length, 'further domain'))]
        : []),
    ];
    if (wrong.length > 0)
      return because(
        'accounts.invite_domains.foreign_domain',
        `${wrong.length} of ${count(listed.length, 'domain')} that may be invited ${verb(wrong.length, 'is', 'are')} not ours: ${names(wrong.map((item) => `${item.label} (${item.detail})`))}.`,
      ).fail(cites, wrong);
    return because(
      'accounts.invite_domains.only_ours',
      `Only ${names(listed, 6)} may be invited, ${listed.length === 1 ? 'which is' : 'all of them'} ours or named in the charter.`,
      { domains: listed },
    ).pass(cites);
  },
});
// Guide: G2.1-02 G2.2-09

import { z } from 'zod';
import type { SharedSiteRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

/** How widely a site is open, from the widest: anyone with a link, everyone with guests, everyone of the tenant. */
export type Exposure = 'anyone' | 'everyone' | 'organization' | 'none' | 'unknown';

export function exposureOf({ anyone, everyone, organization }: SharedSiteRow): Exposure {
  if ((anyone ?? 0) > 0) return 'anyone';
  if ((everyone ?? 0) > 0) return 'everyone';
  if ((organization ?? 0) > 0) return 'organization';
  return anyone === null || everyone === null || organization === null ? 'unknown' : 'none';
}

const RANK: readonly Exposure[] = ['anyone', 'everyone', 'organization', 'unknown', 'none'];

/** Sites from the most exposed on: the widest first, then by how much of them is, then by who can open them. */
export function byExposure(rows: readonly SharedSiteRow[]): readonly SharedSiteRow[] {
  const much = (row: SharedSiteRow) => (row.anyone ?? 0) + (row.everyone ?? 0) + (row.organization ?? 0);
  return [...rows].sort(
    (a, b) =>
      RANK.indexOf(exposureOf(a)) - RANK.indexOf(exposureOf(b)) ||
      much(b) - much(a) ||
      (b.people ?? 0) - (a.people ?? 0) ||
      a.url.localeCompare(b.url),
  );
}

const WORDS: Readonly<Record<'anyone' | 'everyone' | 'organization', string>> = {
  anyone: 'Links that anyone can open',
  everyone: 'Open to everyone, guests among them',
  organization: 'Open to everyone but guests',
};

/**
 * That a report shows no such site says nothing of whether the audit came first, so this never passes. A site is settled
 * where the next report shows it closed, or where an exception accepts it.
 */
export const sharedSites = defineRule({
  name: 'sites-shared-widely',
  about:
    'Each site that the sharing report shows open to everyone, or by links that anyone can open, must be closed or accepted. It never passes: that nothing is open now does not show that the audit came first.',
  failsFromPart: ['shared_sites'],
  params: z.strictObject({}),
  decide(context) {
    const sites = context.read('shared_sites');
    if (!sites.ok) return absent(sites).cannotRead(sites.howToGet);
    const open = byExposure(sites.rows).flatMap((row) => {
      const is = exposureOf(row);
      return is === 'none' || is === 'unknown' ? [] : [{ row, is }];
    });
    if (open.length === 0)
      return because(
        'microsoft.shared_sites.none_open',
        `The sharing report shows none of ${count(sites.rows.length, 'site')} open to everyone or by links for anyone.`,
      ).cannotRead(null, sites.evidence);
    return because(
      'microsoft.shared_sites.open',
      `${open.length} of ${count(sites.rows.length, 'site')} ${verb(open.length, 'is', 'are')} open to everyone or by links that anyone can open: ${names(open.map(({ row }) => row.name ?? row.url))}.`,
    ).fail(
      open.slice(0, 20).map(({ row, is }) => sites.cite(row, WORDS[is])),
      open.map(({ row, is }) => ({
        key: row.url.toLowerCase(),
        label: row.name ?? row.url,
        detail: `${WORDS[is]}${row.owner === null ? '' : `; its owner is ${row.owner}`}. ${row.url}`,
        evidence: [sites.cite(row, WORDS[is])],
      })),
    );
  },
});
// Guide: G3.2-04

import { appendAudit } from '#store/audit.ts';
import { claimDnsLook, type DnsLookRow, dueDnsLooks, recordDnsLookup } from '#store/deployment/dns-looks.ts';
import type { Services } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { lookOf } from './check.ts';
import { lookUpDns, storeLookup } from './dns-lookup.ts';

const HOUR = 3_600_000;
/** Interval between lookups: a missing record is noticed within a day. */
const CHECK_INTERVAL_MS = 24 * HOUR;
/** Unchanged answers are kept once a week, so that the evidence stays current without piling up. */
const KEEP_MS = 7 * 24 * HOUR;

/**
 * Repeats the lookup daily for every client whose domains were looked up before. A change, such as a missing record, is
 * kept as evidence at once and the controls are evaluated; unchanged answers are kept once a week.
 */
export async function watchDomains(services: Services): Promise<void> {
  const before = new Date(services.clock().getTime() - CHECK_INTERVAL_MS);
  const due = await services.store.read('system', (tx) => dueDnsLooks(tx, before));
  for (const one of due)
    await lookAgain(services, one).catch((error: unknown) =>
      services.log.warn(
        { err: error, client: one.client_id },
        'the domains of a client could not be looked up',
      ),
    );
}

async function lookAgain(services: Services, last: DnsLookRow): Promise<void> {
  const { store } = services;
  const client = last.client_id;
  const now = services.clock();
  if (!(await store.write([client], (tx) => claimDnsLook(tx, last, now)))) return;
  const found = await lookUpDns(services, await lookOf((work) => store.read([client], work), client));
  const fresh = last.stored_at !== null && now.getTime() - last.stored_at.getTime() < KEEP_MS;
  const same = found.finding === last.finding;
  // No server answered, which says nothing about the record; the next lookup may.
  const silent = found.domains.every(({ found: is, answers }) => is === null && answers.every(isSilent));
  const keep = silent ? false : !same || !fresh;
  if (keep) {
    const { id, sha256 } = await storeLookup(
      services,
      client,
      { kind: 'system', userId: 'bylaw', name: BYLAW.name },
      found,
    );
    await store.write([client], async (tx) => {
      await recordDnsLookup(tx, client, { at: now, finding: found.finding, stored: true });
      await appendAudit(tx, {
        chain: client,
        actor: BYLAW,
        action: 'deployment.check',
        subject: { kind: 'import', id, name: 'DNS look-up' },
        after: {
          sha256,
          changed: !same,
          domains: found.domains.map(({ domain, found: is, words }) => ({ domain, found: is, words })),
        },
        at: now,
      });
    });
  }
  services.events.publish({ client, topic: 'deployment', id: null });
}

function isSilent({ outcome }: { readonly outcome: string }): boolean {
  return outcome === 'timeout' || outcome === 'servfail' || outcome === 'refused';
}
// Guide: G1.1-05 G2.2-04

import type { z } from 'zod';
import { recordDnsLookup } from '#store/deployment/dns-looks.ts';
import { expectedRecords } from '#store/deployment/expected-records.ts';
import type { HandlerContext, Services } from '../context.ts';
import { tooMany } from '../problems.ts';
import { readProfile } from '../shared/profile.ts';
import { type Look, lookUpDns, storeLookup } from './dns-lookup.ts';
import type { checkSchema } from './schemas.ts';

type Check = z.infer<typeof checkSchema>;

/** Ids of clients with a lookup in progress, per store; concurrent lookups of the same domains are refused. */
const underWay = new WeakMap<Services['store'], Set<string>>();

/**
 * Looks up the TXT records of all domains of the client and imports the answers as evidence, like a file that a person
 * uploads, so that the controls are evaluated again.
 */
export async function checkDomains(context: HandlerContext): Promise<Check> {
  const { services, client } = context;
  const running = underWay.get(services.store) ?? new Set<string>();
  underWay.set(services.store, running);
  if (running.has(client.id))
    throw tooMany('These domains are being looked up right now. Wait for that answer.', 10);
  running.add(client.id);
  try {
    return await check(context);
  } finally {
    running.delete(client.id);
  }
}

async function check(context: HandlerContext): Promise<Check> {
  const { services, client, actor, now } = context;
  const found = await lookUpDns(services, await lookOf(context.read, client.id));
  const { id, sha256 } = await storeLookup(services, client.id, actor, found);
  await context.change(async (tx, recorder) => {
    await recordDnsLookup(tx, client.id, { at: now, finding: found.finding, stored: true });
    await recorder.record({
      subject: { kind: 'import', id, name: 'DNS look-up' },
      after: {
        sha256,
        domains: found.domains.map(({ domain, found: is, words }) => ({ domain, found: is, words })),
      },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: null });
  return {
    at: found.at,
    sha256,
    domains: found.domains.map((one) => ({
      ...one,
      answers: one.answers.map((answer) => ({ ...answer, txt: [...answer.txt] })),
    })),
  };
}

/**
 * What to look up for a client: its domains, and the TXT values that Claude shows for them, as far as someone entered
 * them.
 */
export async function lookOf(read: HandlerContext['read'], clientId: string): Promise<Look> {
  const domains = await domainsOf(read, clientId);
  const rows = await read((tx) => expectedRecords(tx, clientId));
  return { domains, expected: new Map(rows.map(({ domain, value }) => [domain, value])) };
}

export async function domainsOf(read: HandlerContext['read'], clientId: string): Promise<readonly string[]> {
  return (await read((tx) => readProfile(tx, clientId))).domains;
}
// Guide: G1.1-05 G2.2-04 GA-03

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { profileSchema } from '#domain/model/profile.ts';
import { serversFile } from '#sources/dns/file.ts';
import { askServers, type ServersLookUp } from '#sources/dns/servers.ts';
import { findingOf } from '#sources/dns/verdict-words.ts';
import type { HandlerContext, Services } from '../context.ts';
import { importFiles } from '../imports/import-files.ts';
import { isPublicAddress } from '../outbound.ts';
import { notFound, tooMany } from '../problems.ts';
import type { checkSchema } from './contract.ts';

type Check = z.infer<typeof checkSchema>;

/** Clients whose domains are being looked up: a second look at the same time would only get in the way of the first. */
const underWay = new WeakMap<Services['store'], Set<string>>();

/**
 * Looks up the TXT records of every domain of the client, keeps the answers as evidence through the same import as a
 * file that somebody brings, and so has the controls decided anew.
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

/** For one try of one question: somebody waits for the answer before a page. */
const TIMEOUT_MS = 2_000;

async function check(context: HandlerContext): Promise<Check> {
  const { services, client, actor } = context;
  const found = await askServers(await domainsOf(context), {
    resolvers: services.config.resolvers,
    mayAsk: (address, name) =>
      isPublicAddress(address) ||
      services.config.privateHosts.includes(address) ||
      services.config.privateHosts.includes(name),
    ...(services.config.nameServerPort === undefined ? {} : { port: services.config.nameServerPort }),
    timeout: TIMEOUT_MS,
    now: services.clock,
  });
  const bytes = Buffer.from(`${JSON.stringify(serversFile(found), null, 1)}\n`, 'utf8');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const shown = shownOf(found);
  const { id } = await importFiles(services, {
    clientId: client.id,
    actor,
    files: [{ name: fileName(found.at), bytes, modified: new Date(found.at) }],
  });
  await context.change((_tx, recorder) =>
    recorder.record({
      subject: { kind: 'import', id, name: 'DNS look-up' },
      after: { sha256, domains: shown.map(({ domain, found: is, words }) => ({ domain, found: is, words })) },
    }),
  );
  services.events.publish({ client: client.id, topic: 'deployment', id: null });
  return { at: found.at, sha256, domains: shown };
}

function shownOf(found: ServersLookUp): Check['domains'] {
  return found.domains.map((one) => ({
    domain: one.domain,
    ...findingOf(one),
    answers: one.answers.map((answer) => ({ ...answer, txt: [...answer.txt] })),
  }));
}

function fileName(at: string): string {
  return `dns-${at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.json`;
}

async function domainsOf({ read, client }: HandlerContext): Promise<readonly string[]> {
  const row = await read((tx) =>
    tx.selectFrom('clients').select('profile').where('id', '=', client.id).executeTakeFirst(),
  );
  if (row === undefined) throw notFound();
  return profileSchema.parse(row.profile).domains;
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AnyContractRouter, InferContractRouterOutputs } from '@orpc/contract';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { ROLES, type Role } from '#domain/access/permissions.ts';
import { profileSchema } from '#domain/model/profile.ts';
import type { VendorSource } from '#domain/model/vendor-source.ts';
import { insertClient } from '#features/clients/create.ts';
import type { Services } from '#features/context.ts';
import type { MetricsAccess } from '#features/metrics-access.ts';
import type { ChangeTarget } from '#features/shared/services/change-targets.ts';
import type { Message } from '#features/shared/services/mail.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { SOURCES } from '#sources/registry.ts';
import type { Source } from '#sources/source.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import { insertSession } from '#store/identity/sessions.ts';
import { insertUser } from '#store/identity/users.ts';
import type { Store } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { newDirectory, openTestStore } from '#store/testing.ts';
import { createApp } from '../app.ts';
import { createServices } from '../services.ts';
import { record } from './record.ts';
import { SHARED_THREAD } from './shared.ts';

/** A day on which the sandbox association's files are fresh. */
export const TEST_NOW = new Date('2026-11-24T15:00:00Z');

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly cookie: string;
  /** Calls an operation as this person. The body is sent as JSON; the answer's JSON comes back with its status. */
  call<Body = Json>(method: string, path: string, body?: unknown): Promise<TestAnswer<Body>>;
}

/** An answer whose shape the test does not name. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire holds
export type Json = any;

/** What an operation answers by its contract: `call<Answered<typeof risksContract.list>>('GET', …)`. */
export type Answered<Of extends AnyContractRouter> = InferContractRouterOutputs<Of>;

export interface TestAnswer<Body = Json> {
  readonly status: number;
  readonly headers: Record<string, string | string[] | number | undefined>;
  readonly body: Body;
  readonly bytes: Buffer;
}

export interface TestConsole {
  readonly app: FastifyInstance;
  readonly services: Services;
  /** The first person: Owner of everything. */
  readonly owner: TestPerson;
  /** Moves the clock that the whole console uses. */
  setNow(now: Date): void;
  readonly outbox: Message[];
  /** A client with a Team plan, made directly in the store. */
  client(name?: string, profile?: object): Promise<{ id: string; slug: string; name: string }>;
  /** A new person with one role, on one client or (null) on all. */
  person(role: Role, clientId: string | null, name?: string): Promise<TestPerson>;
  /** The last link that was mailed to an address. */
  mailedLink(email: string): string;
  /** Nobody: no session, no token. */
  readonly nobody: Pick<TestPerson, 'call'>;
  inject(options: InjectOptions): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestConsoleOptions {
  readonly store?: Store;
  /** Where files are kept; left out: a directory of the test run. */
  readonly dataDir?: string;
  readonly now?: Date;
  /** false: mail is not set up; `settings`: sent as the settings say. Left out: into the outbox. */
  readonly mail?: boolean | 'settings';
  /** false: what needs a fresh proof is refused; left out: people prove again who they are, as the console asks them to. */
  readonly provesAgain?: false;
  readonly webFolder?: string;
  readonly origin?: string;
  /** Bytes of telemetry that may wait while the database is away. */
  readonly spoolBytes?: number;
  /** Milliseconds after which a database that stores nothing counts as away; left out: a busy machine is waited for. */
  readonly databaseTimeoutMs?: number;
  /** Who may read /metrics; left out: nobody. */
  readonly metrics?: MetricsAccess | null;
  /** Where Anthropic's interfaces are asked; left out: nobody answers. */
  readonly anthropic?: string;
  /** Where other sources are asked, by their ids; left out: nobody answers. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
  /** A vendor beside those that Bylaw knows, and where it is asked. */
  readonly vendor?: { readonly source: Source; readonly facts: VendorSource; readonly url: string };
  /** Systems outside that changes are planned of; left out: those that Bylaw knows. */
  readonly changeTargets?: readonly ChangeTarget[];
  /** How a vendor's limits are waited for; left out: as long as it takes. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Milliseconds in which a guard answers; left out: as long as a busy machine takes. */
  readonly guardMs?: number;
  /** Where Microsoft's sign-in and Graph are asked, for mail too; left out: nobody answers. */
  readonly microsoft?: string;
  /** Resolvers, and the port at which name servers are asked. */
  readonly dns?: { readonly resolvers: readonly string[]; readonly port: number };
}

/** The vendors that Bylaw knows, and one more. */
function vendorsWith(vendor: TestConsoleOptions['vendor']) {
  const catalogue = sharedCatalogue();
  if (vendor === undefined) return { catalogue };
  return {
    sources: [...SOURCES, vendor.source],
    catalogue: { ...catalogue, vendorSources: [...catalogue.vendorSources, vendor.facts] },
  };
}

/**
 * Rejects within a transaction, as real mail does, which reads the workspace each time. It waits for no database: what a
 * request mails is in the outbox with its answer.
 */
async function refuseWithin(store: Store): Promise<void> {
  const read = store.read('system', async () => undefined);
  await Promise.race([read, Promise.resolve().then(() => undefined)]);
}

/** The whole server on a database in memory, without a network. */
export async function testConsole(options: TestConsoleOptions = {}): Promise<TestConsole> {
  const store = options.store ?? (await openTestStore());
  const dataDir = options.dataDir ?? (await newDirectory());
  let now = options.now ?? TEST_NOW;
  const outbox: Message[] = [];
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin: options.origin ?? 'http://127.0.0.1:7700',
      dataDir,
      ...(options.spoolBytes === undefined ? {} : { spoolBytes: options.spoolBytes }),
      ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
      privateHosts: ['localhost', '127.0.0.1'],
      forwardFolders: [join(dataDir, 'shared')],
      // Nobody listens there: a test that needs answers starts a name server of its own.
      resolvers: options.dns?.resolvers ?? ['127.0.0.1:9'],
      ...(options.dns === undefined ? {} : { nameServerPort: options.dns.port }),
      vendorUrls: {
        // Nobody listens there: no test asks a vendor's real host, not even one that was added just now.
        ...Object.fromEntries(SOURCES.map(({ id }) => [id, 'http://127.0.0.1:9'])),
        ...(options.anthropic === undefined ? {} : { anthropic: options.anthropic }),
        ...(options.microsoft === undefined ? {} : { microsoft: options.microsoft }),
        microsoft_mail: options.microsoft ?? 'http://127.0.0.1:9',
        ...options.vendorUrls,
        ...(options.vendor === undefined ? {} : { [options.vendor.source.id]: options.vendor.url }),
      },
      version: '0.0.0-test',
      build: 'test',
    },
    ...(options.changeTargets === undefined ? {} : { changeTargets: options.changeTargets }),
    ...vendorsWith(options.vendor),
    thread: SHARED_THREAD,
    databaseTimeoutMs: options.databaseTimeoutMs ?? 300_000,
    clock: () => now,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
    guardMs: options.guardMs ?? 60_000,
    ...(options.mail === 'settings'
      ? {}
      : {
          mail: {
            configured: async () => {
              await refuseWithin(store);
              return options.mail !== false;
            },
            send: async (message: Message) => {
              await refuseWithin(store);
              outbox.push(message);
            },
          },
        }),
  });
  // No visitor is slow here, but a busy machine may be.
  const app = await createApp({ services, webFolder: options.webFolder ?? null, slowBodyMs: 300_000 });

  const inject = async (request: InjectOptions): Promise<TestAnswer> => {
    const answer = await app.inject(request);
    const type = String(answer.headers['content-type'] ?? '');
    const read = {
      status: answer.statusCode,
      headers: answer.headers,
      body: type.includes('json') && answer.body !== '' ? JSON.parse(answer.body) : answer.body,
      bytes: answer.rawPayload,
    };
    record(request, read);
    return read;
  };
  const caller =
    (cookie: string | null): TestPerson['call'] =>
    async (method, path, body) => {
      const once = () =>
        inject({
          method: method as 'GET',
          url: `/api/v1${path}`,
          headers: {
            ...(cookie === null ? {} : { cookie }),
            origin: services.config.origin,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        });
      const answer = await once();
      if (cookie === null || options.provesAgain === false || answer.body?.code !== 'PROOF_REQUIRED')
        return answer;
      const hash = hashSecret(cookie.slice(cookie.indexOf('=') + 1));
      await store.write('system', (tx) =>
        tx.updateTable('sessions').set({ proved_at: now }).where('token_hash', '=', hash).execute(),
      );
      return once();
    };

  const person: TestConsole['person'] = async (role, clientId, name = `A ${role}`) => {
    if (!ROLES.includes(role)) throw new Error(`no role ${role}`);
    const id = randomUUID();
    const email = `${role.replace('_', '-')}.${id.slice(0, 8)}@people.example`;
    const secret = newSecret();
    await store.write('system', async (tx) => {
      await insertUser(tx, { id, email, name, password: null, now, proven: 'mail' });
      await tx
        .insertInto('grants')
        .values({
          id: randomUUID(),
          user_id: id,
          client_id: clientId,
          effect: 'allow',
          role,
          permission: null,
          granted_by: id,
          created_at: now,
        })
        .execute();
      await insertSession(tx, {
        userId: id,
        secret,
        method: 'password',
        ip: '127.0.0.1',
        userAgent: 'test',
        now,
      });
    });
    const cookie = `bylaw_session=${secret}`;
    return { id, name, email, cookie, call: caller(cookie) };
  };

  return {
    app,
    services,
    owner: await person('owner', null, 'Olive Owner'),
    setNow: (next) => {
      now = next;
    },
    outbox,
    client: async (name = 'Alder Society', profile = {}) => {
      const parsed = profileSchema.parse({
        name,
        domains: ['alder.example.org'],
        claudePlan: 'team',
        m365: 'business_premium',
        timezone: 'America/New_York',
        ...profile,
      });
      const created = await store.write('system', (tx) =>
        insertClient(tx, { name, profile: parsed, sandbox: false, now }),
      );
      return { id: created.id, slug: created.slug, name };
    },
    person,
    mailedLink: (email) => {
      const link = outbox
        .filter(({ to }) => to === email)
        .flatMap(({ text }) => text.split(/\s+/))
        .findLast((word) => /^https?:.*\/(invite\/|reset#)/.test(word));
      if (link === undefined) throw new Error(`no link was mailed to ${email}`);
      return link;
    },
    nobody: { call: caller(null) },
    inject,
    close: async () => {
      await app.close();
      await services.close();
    },
  };
}

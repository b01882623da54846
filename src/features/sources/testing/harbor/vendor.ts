import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Activity, NOTHING_REPORTED } from '#domain/activity/activity.ts';
import { type VendorSource, vendorSourceSchema } from '#domain/model/vendor-source.ts';
import { type FailedAnswer, isObject, type Json, jsonClient } from '#sources/json-client.ts';
import { retryAfter, SourceProblem } from '#sources/problem.ts';
import {
  type AccessTest,
  defineSource,
  type Reach,
  type Source,
  type SourceStream,
} from '#sources/source.ts';

/*
 * An invented vendor, in one folder like a real one: an application that signs in to a tenant with a secret, tokens,
 * pages with the address of the next one, licenses, permissions, and secrets that the vendor renews.
 */

const LOGIN = 'login.harbor.example';
const DATA = 'data.harbor.example';

interface Application {
  readonly tenant: string;
  readonly application: string;
  readonly secret: string;
}

interface HarborClient {
  /** All entries of a list, page by page. */
  list(path: string): AsyncGenerator<Json>;
}

function connect(application: Application, reach: Reach): HarborClient {
  let token: string | null = null;
  const common = { reach, problemOf, requestId: 'x-request' };
  const login = jsonClient({ ...common, budget: () => null, headers: async () => ({}) });
  const data = jsonClient({
    ...common,
    budget: () => 'pages',
    headers: async () => {
      token ??= await signIn();
      return { authorization: `Bearer ${token}` };
    },
  });
  async function signIn(): Promise<string> {
    const answer = await login(new URL(`/${application.tenant}/token`, reach.address(LOGIN)), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: application.application,
        client_secret: application.secret,
      }).toString(),
    });
    if (typeof answer.renewed_secret === 'string')
      await reach.renewed({ ...application, secret: answer.renewed_secret });
    return String(answer.access_token);
  }
  return {
    async *list(path) {
      for (let next: URL | null = new URL(path, reach.address(DATA)); next !== null; ) {
        const page: Json = await data(next);
        if (Array.isArray(page.value)) yield* page.value.filter(isObject);
        next = typeof page.next === 'string' ? new URL(page.next) : null;
      }
    },
  };
}

const SAYS = {
  credential_refused: 'Harbor refuses the application. Make a new secret in Harbor and enter it.',
  missing_permission: 'No administrator consented to this for the application.',
  not_licensed: 'The harbor has no license for this.',
  throttled: 'Harbor asks to wait.',
} as const;

function problemOf({ status, headers, body, now }: FailedAnswer): SourceProblem {
  if (status === 401) return new SourceProblem('credential_refused', SAYS.credential_refused, { status });
  if (status === 403) {
    const code = body.includes('license') ? 'not_licensed' : 'missing_permission';
    return new SourceProblem(code, SAYS[code], { status });
  }
  if (status === 429) {
    const retryAfterMs = retryAfter(headers, now);
    return new SourceProblem('throttled', SAYS.throttled, { status, retry: true, retryAfterMs });
  }
  return new SourceProblem('vendor', `Harbor failed (HTTP ${status}).`, { status, retry: status >= 500 });
}

async function test(client: HarborClient): Promise<AccessTest> {
  const tenants: AccessTest['tenants'][number][] = [];
  let expiresAt: string | null = null;
  for await (const { id, name, secretEnds } of client.list('/tenants')) {
    tenants.push({ id: String(id), name: String(name) });
    if (typeof secretEnds === 'string') expiresAt = secretEnds;
  }
  const scopes: AccessTest['scopes'][number][] = [];
  for (const [scope, path] of [
    ['People.Read.All', '/people'],
    ['Events.Read.All', '/events'],
  ] as const)
    scopes.push({ scope, ...(await granted(client, path)) });
  return {
    scopes,
    tenants,
    parent: tenants[0]?.id ?? null,
    recording: null,
    ...(expiresAt === null ? {} : { expiresAt }),
  };
}

async function granted(
  client: HarborClient,
  path: string,
): Promise<Pick<AccessTest['scopes'][number], 'state' | 'why'>> {
  try {
    await client.list(path).next();
    return { state: 'granted', why: null };
  } catch (error) {
    if (!(error instanceof SourceProblem) || error.code === 'credential_refused') throw error;
    if (error.code === 'missing_permission') return { state: 'missing', why: null };
    return { state: 'unknown', why: error.message };
  }
}

/** People, stored as the answer of a directory that the importer recognizes. */
const people: SourceStream<HarborClient> = {
  id: 'people',
  title: 'People of the harbor',
  keyKinds: ['application'],
  scopes: ['People.Read.All'],
  everyMinutes: 60,
  ledger: null,
  async *read({ client, clock }) {
    const value: Json[] = [];
    for await (const person of client.list('/people')) value.push(person);
    const context = 'https://graph.microsoft.com/v1.0/$metadata#users';
    const bytes = Buffer.from(JSON.stringify({ '@odata.context': context, value }));
    yield { files: [{ name: 'harbor-people.json', bytes }], place: { at: clock().toISOString() } };
  },
};

const placeSchema = z.object({ to: z.string() });

const events: SourceStream<HarborClient> = {
  id: 'events',
  title: 'Events of the harbor',
  keyKinds: ['application'],
  scopes: ['Events.Read.All'],
  everyMinutes: 5,
  ledger: 'harbor_events',
  everyTenant: true,
  async *read({ client, place, clock }) {
    const from = placeSchema.safeParse(place).data?.to ?? null;
    const to = clock().toISOString();
    const activities: Activity[] = [];
    for await (const one of client.list(`/events?since=${encodeURIComponent(from ?? '')}`))
      activities.push({
        ...NOTHING_REPORTED,
        id: `harbor/${one.id}`,
        at: String(one.at),
        source: 'vendor_log',
        surface: 'administration',
        type: String(one.type),
        category: 'other',
        actor: { type: 'user', id: null, email: String(one.by), name: null },
        person: String(one.by),
      });
    const begin = from ?? activities[0]?.at ?? null;
    yield { activities, place: { to }, complete: begin === null ? null : { from: begin, to } };
  },
};

const text = z.string().trim().min(1, 'It is empty.').max(200);

/** The invented vendor. */
export const harbor: Source = defineSource({
  id: 'harbor',
  live: {
    credential: z.object({ tenant: text, application: text, secret: text }),
    fields: {
      tenant: { label: 'Harbor ID', help: 'On the first page of Harbor.' },
      application: { label: 'Application ID' },
      secret: { label: 'Application secret', secret: true },
    },
    kindOf: ({ tenant }) => (tenant.startsWith('harbor-') ? 'application' : null),
    hint: ({ application }) => `…${application.slice(-4)}`,
    hosts: () => [LOGIN, DATA],
    streams: [people, events],
    connect,
    test,
  },
});

/** Its facts, as from the catalogue. */
export const HARBOR_FACTS: VendorSource = vendorSourceSchema.parse(
  parse(readFileSync(new URL('source.yaml', import.meta.url), 'utf8')),
);

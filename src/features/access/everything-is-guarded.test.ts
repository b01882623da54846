import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { type Grant, permissionsOf, ROLES, type Role } from '#domain/access/permissions.ts';
import { ownValue } from '#domain/model/own-value.ts';
import {
  type TestAnswer,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '../../server/testing/console.ts';
import type { Operation } from '../operation.ts';
import { inputFields } from '../operation-fields.ts';
import { ask, type Proof, reported } from './testing/ask.ts';
import { fieldsThatTake, inputFor, nameOf } from './testing/input.ts';
import { fillWithMarkers, MARKER } from './testing/marked.ts';

/**
 * Every operation of the contract, with nobody signed in, with every role and with another client's names and ids.
 * A new operation is looked at without a line here; where its input cannot be made up, that of its example is taken.
 */
const ALL = operations()
  // Those of all clients go first: each call makes clients of its own, and to read a thousand takes long.
  .toSorted((one, other) => Number(one.meta.scope === 'client') - Number(other.meta.scope === 'client'));
/**
 * Who asks for a client that is not theirs: the role that may most, and by turns one of the others. The door looks for the
 * client among those of a person before it looks at a role.
 */
const strangers = (at: number): readonly Role[] => {
  const others = ROLES.filter((role) => role !== 'owner');
  return ['owner', ...others.slice(at % others.length).slice(0, 1)];
};
const OF_CLIENTS = ALL.filter(({ meta }) => meta.scope === 'client');
const NOT_SIGNED_IN = 'Sign in to continue.';
/** What the door says, unlike the refusals that a use case has of its own. */
const DOOR = /^Your role (?:for .+ )?does not include this\./u;

/** Which table the id in a field is of, where its name does not show it (`tablesOf`). */
const TABLES: Readonly<Record<string, string>> = {
  sha: 'evidence',
  sha256: 'evidence',
  from: 'reports',
  to: 'reports',
  against: 'reports',
  before: 'reports',
  account: 'account_steps',
  draft: 'charter_drafts',
  file: 'import_files',
  opening: 'text_openings',
  proposal: 'detection_proposals',
  token: 'api_tokens',
  delivery: 'activity_dead_letters',
  proposed: 'watch_proposals',
  reading: 'observations',
  // Named by the detection and what its alerts have in common, so it is of no table's own.
  group: 'alerts',
};

let bylaw: TestConsole;
let theirs: { slug: string; id: string; ids: ReadonlyMap<string, string> };
/** How many answers were read for a word of theirs, and those that hold one. */
let answers = 0;
const leaks: string[] = [];

beforeAll(async () => {
  bylaw = await testConsole();
  const client = await bylaw.client('Quiet Guild', { domains: [`${MARKER}.example`] });
  const { store } = bylaw.services;
  await store.write('system', (tx) =>
    tx
      .updateTable('clients')
      .set({ name: `${MARKER} Guild`, settings: JSON.stringify({ note: MARKER }) })
      .where('id', '=', client.id)
      .execute(),
  );
  const person = await bylaw.person('client_admin', client.id, `${MARKER} person`);
  const ids = new Map(await fillWithMarkers(store, client.id, person.id));
  for (const table of ['grants', 'invitations', 'api_tokens'] as const)
    ids.set(table, await made(table, person, client));
  theirs = { id: client.id, slug: client.slug, ids };
});
afterAll(() => bylaw.close());

/** Their grants, invitations and tokens, made as people make them. */
async function made(
  table: 'grants' | 'invitations' | 'api_tokens',
  person: TestPerson,
  { slug }: { slug: string },
): Promise<string> {
  if (table === 'grants') {
    const grant = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('grants').select('id').where('user_id', '=', person.id).executeTakeFirstOrThrow(),
    );
    return grant.id;
  }
  if (table === 'invitations') {
    const body = { email: `a@${MARKER}.example`, name: MARKER, role: 'hr' };
    return (await person.call('POST', `/clients/${slug}/access/invitations`, body)).body.invitation.id;
  }
  return (await person.call('POST', '/me/tokens', { name: MARKER, purpose: 'cli' })).body.token.id;
}

/** Whether an operation leaves anything else than it found it. Clients are not free: a list of all reads each. */
const changes = ({ meta, method }: Operation) => meta.audit !== null || method !== 'GET';

/** A stream that was let through does not end by itself. */
const ends = ({ meta }: Operation) => meta.transport !== 'stream';

/** One operation for each permission, which every role that has it does: one that only reads, where there is one. */
const FOR_ALL_ROLES = new Set(
  [...Map.groupBy(ALL, ({ meta }) => `${meta.scope} ${meta.permission}`).values()].map(
    (same) => same.find((one) => !changes(one) && ends(one)) ?? same[0],
  ),
);

/**
 * The roles to ask an operation with, at a client or for all. Of those that may do it, the one with fewest permissions
 * there, or each where the operation is the first of its permission: the door asks for the permission, not for the role.
 * Of those that may not, the one with most permissions there: the door refuses the others by the same line of the table,
 * and one that it does not know at all by another.
 */
function rolesFor(operation: Operation, everywhere: boolean): readonly Role[] {
  const grants = (role: Role): Grant[] => [
    { client: everywhere ? null : 'here', effect: 'allow', role, permission: null },
  ];
  const held = (role: Role) =>
    permissionsOf(grants(role), operation.meta.scope === 'client' ? 'here' : null).size;
  const byPermissions = ROLES.toSorted((one, other) => held(one) - held(other));
  const may = byPermissions.filter((role) => allowed(operation, grants(role), 'here'));
  const mayNot = byPermissions.filter((role) => !may.includes(role));
  return [
    ...(FOR_ALL_ROLES.has(operation) ? may : may.slice(0, 1)),
    ...mayNot.slice(-1),
    ...mayNot
      .slice(0, -1)
      .filter((role) => held(role) === 0)
      .slice(0, 1),
  ];
}

/** A client and someone with a role there (or, with `everywhere`, for all), used for one call and no more. */
async function fresh(role: Role, everywhere = false) {
  const client = await bylaw.client(`Client ${randomUUID().slice(0, 8)}`);
  const person = await bylaw.person(role, everywhere ? null : client.id);
  const grant: Grant = { client: everywhere ? null : client.id, effect: 'allow', role, permission: null };
  return { client, person, proof: { cookie: person.cookie }, grants: [grant] };
}

const unchanged = new Map<string, Awaited<ReturnType<typeof fresh>>[]>();

/** Someone with a client as it was made, to whom `use` may do something. Where it is refused, the next call gets both. */
async function inTurn(
  role: Role,
  everywhere: boolean,
  use: (made: Awaited<ReturnType<typeof fresh>>) => Promise<TestAnswer>,
): Promise<TestAnswer> {
  const key = `${role} ${everywhere}`;
  const made = unchanged.get(key)?.pop() ?? (await fresh(role, everywhere));
  const answer = await use(made);
  // Anything else may have left a trace: 429 counts, 403 may be about the person.
  if ([400, 404, 409, 422].includes(answer.status)) unchanged.set(key, [...(unchanged.get(key) ?? []), made]);
  return answer;
}

const lasting = new Map<string, ReturnType<typeof fresh>>();

/** The same for each call that is refused or only reads, and so leaves them as they are. */
function refused(role: Role, everywhere = false): ReturnType<typeof fresh> {
  const key = `${role} ${everywhere}`;
  const made = lasting.get(key) ?? fresh(role, everywhere);
  lasting.set(key, made);
  return made;
}

const tokens = new Map<'mcp' | 'cli', Promise<{ client: { slug: string }; proof: Proof }>>();

/** A token of an owner of everything, for reading or for one client, used for calls that have to be refused. */
function refusedToken(purpose: 'mcp' | 'cli') {
  const made = tokens.get(purpose) ?? newToken(purpose);
  tokens.set(purpose, made);
  return made;
}

async function newToken(purpose: 'mcp' | 'cli') {
  const { client, person } = await refused('owner', true);
  const { body } = await person.call('POST', '/me/tokens', {
    name: 'Refused',
    purpose,
    ...(purpose === 'cli' ? { forClient: client.slug } : {}),
  });
  return { client, proof: { token: body.secret } };
}

async function call(
  operation: Operation,
  known: Readonly<Record<string, unknown>>,
  proof: Proof,
  who: string,
) {
  const answer = await ask(bylaw, operation, inputFor(operation, known), proof);
  answers += 1;
  const words = seen(answer);
  if (words.includes(MARKER)) leaks.push(`${nameOf(operation)} as ${who}: ${words.slice(0, 200)}`);
  return answer;
}

function allowed({ meta }: Operation, grants: readonly Grant[], client: string): boolean {
  if (meta.permission === 'public') return true;
  if (meta.scope === 'client' && permissionsOf(grants, client).size === 0) return false;
  if (meta.permission === 'signed_in') return true;
  return permissionsOf(grants, meta.scope === 'client' ? client : null).has(meta.permission);
}

/** Ids that name nothing, for every field that takes one. */
function unknownIds(operation: Operation): Record<string, string> {
  return Object.fromEntries(idFields(operation).map(([field, table]) => [field, unknownId(table)]));
}

function unknownId(table: string): string {
  return table === 'evidence' ? 'ab'.repeat(32) : '00000000-0000-4000-8000-000000000000';
}

const idFieldsKnown = new Map<Operation, readonly (readonly [string, string])[]>();

function idFields(operation: Operation): readonly (readonly [string, string])[] {
  const made = idFieldsKnown.get(operation) ?? findIdFields(operation);
  idFieldsKnown.set(operation, made);
  return made;
}

function findIdFields(operation: Operation): (readonly [string, string])[] {
  const tables = [...theirs.ids.keys()];
  return tables.flatMap((table) =>
    fieldsThatTake(operation, unknownId(table))
      .filter((field) => tablesOf(field, operation, tables).includes(table))
      .map((field) => [field, table] as const),
  );
}

/** The table of this name; else, of what is named in an address, each that ends with it: `hold` is of `legal_holds`. */
function tablesOf(field: string, operation: Operation, tables: readonly string[]): readonly string[] {
  const named =
    ownValue(TABLES, field) ?? `${field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)}s`;
  if (tables.includes(named)) return [named];
  return inAddress(operation).includes(field) && !OF_EVERYBODY.includes(field)
    ? tables.filter((table) => table.endsWith(`_${named}`))
    : [];
}

/** What an address is filled in with. */
function inAddress({ route }: Operation): readonly string[] {
  return [...route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name ?? '');
}

describe.each(ALL.map((operation) => [nameOf(operation), operation] as const))('%s', (_, operation) => {
  it('refuses anyone who is not signed in, unless the operation is for everyone', async () => {
    const answer = await call(operation, { client: theirs.slug, ...unknownIds(operation) }, null, 'nobody');
    if (operation.meta.permission === 'public') expect(answer.body?.message).not.toBe(NOT_SIGNED_IN);
    else expect([answer.status, answer.body.message]).toEqual([401, NOT_SIGNED_IN]);
  });

  it.each(rolesFor(operation, false))(
    'lets %s at a client do what the table of permissions says and no more',
    async (role) => {
      const status = await refused(role);
      const may = allowed(operation, status.grants, status.client.id);
      if (may && !ends(operation)) return;
      const known = ({ client }: typeof status) => ({ client: client.slug, ...unknownIds(operation) });
      const asked = (by: typeof status) => call(operation, known(by), by.proof, `${role} at a client`);
      const answer = may && changes(operation) ? await inTurn(role, false, asked) : await asked(status);
      expectDoor(answer, may, hidden(operation, status));
    },
  );

  it.each(rolesFor(operation, true))(
    'lets %s for all clients do what the table of permissions says and no more',
    async (role) => {
      const status = await refused(role, true);
      const may = allowed(operation, status.grants, status.client.id);
      if (may && (operation.meta.scope !== 'workspace' || !ends(operation))) return;
      const known = ({ client }: typeof status) => ({ client: client.slug, ...unknownIds(operation) });
      const asked = (by: typeof status) => ask(bylaw, operation, inputFor(operation, known(by)), by.proof);
      const answer = may && changes(operation) ? await inTurn(role, true, asked) : await asked(status);
      expectDoor(answer, may, hidden(operation, status));
    },
  );

  it('lets a token for reading change nothing', async () => {
    if (operation.meta.audit === null || operation.meta.permission === 'public') return;
    const { client, proof } = await refusedToken('mcp');
    const known = { client: client.slug, ...unknownIds(operation) };
    const answer = await ask(bylaw, operation, inputFor(operation, known), proof);
    expect([answer.status, answer.body.message]).toEqual([403, 'This token may only read.']);
  });
});

/** Whether someone does not even learn that the client is there. */
function hidden({ meta }: Operation, { grants, client }: Awaited<ReturnType<typeof fresh>>): boolean {
  return meta.scope === 'client' && permissionsOf(grants, client.id).size === 0;
}

function expectDoor(answer: TestAnswer, may: boolean, unseen: boolean): void {
  if (may) {
    expect(answer.status, JSON.stringify(answer.body)).not.toBe(500);
    expect(answer.body?.message ?? '').not.toMatch(DOOR);
    expect(answer.body?.message ?? '').not.toBe(NOT_SIGNED_IN);
  } else if (unseen) expect(answer.status).toBe(404);
  else expect([answer.status, answer.body.message]).toEqual([403, expect.stringMatching(DOOR)]);
}

describe.each(OF_CLIENTS.map((operation, at) => [nameOf(operation), operation, at] as const))(
  '%s',
  (_, operation, at) => {
    /** The same answer for everyone, whatever they hold elsewhere. */
    let missing: TestAnswer;
    beforeAll(async () => {
      const { proof } = await refused('owner');
      const known = { client: 'no-such-client', ...unknownIds(operation) };
      missing = await call(operation, known, proof, 'owner');
    });

    it.each(strangers(at))("tells %s of one client nothing about another client's name", async (role) => {
      const { proof } = await refused(role);
      const foreign = await call(operation, { client: theirs.slug, ...unknownIds(operation) }, proof, role);
      expect(foreign.status).toBe(404);
      expect(reported(foreign)).toEqual(reported(missing));
    });

    it('keeps a token for one client out of another', async () => {
      const { proof } = await refusedToken('cli');
      const foreign = await call(
        operation,
        { client: theirs.slug, ...unknownIds(operation) },
        proof,
        'token',
      );
      expect(foreign.status).toBe(404);
      expect(reported(foreign)).toEqual(reported(missing));
    });
  },
);

describe("another client's ids", () => {
  it.each(
    ALL.filter(({ meta }) => meta.permission !== 'public').map(
      (operation) => [nameOf(operation), operation] as const,
    ),
  )('%s answers as if they did not exist', async (_, operation) => {
    for (const [field, table] of idFields(operation)) {
      // Workspace operations are for those who see every client; of a person's own, only what is theirs.
      if (operation.meta.scope === 'workspace') continue;
      const asked = (id: string, what: string) =>
        inTurn('owner', false, ({ client, proof }) => {
          const input = { ...unknownIds(operation), client: client.slug, [field]: id };
          return call(operation, input, proof, `owner with ${what} ${field}`);
        });
      const foreign = await asked(theirs.ids.get(table) ?? '', 'a foreign');
      const missing = await asked(unknownId(table), 'an unknown');
      expect(foreign.status, `${field}: ${JSON.stringify(foreign.body)}`).toBeGreaterThanOrEqual(400);
      expect(reported(foreign), field).toEqual(reported(missing));
    }
  });

  it('knows the table of every id in an address', () => {
    const unknown = OF_CLIENTS.flatMap((operation) => {
      const known = new Set(idFields(operation).map(([field]) => field));
      // One of a few names that the contract lists is no id.
      for (const { name, schema } of inputFields(operation)) if (schema.enum !== undefined) known.add(name);
      return inAddress(operation)
        .filter((field) => !OF_EVERYBODY.includes(field) && !known.has(field))
        .map(
          (field) =>
            `${nameOf(operation)}: add ${field} to TABLES or, where it is no id of a stored row, to OF_EVERYBODY`,
        );
    });
    expect(unknown).toEqual([]);
  });
});

/**
 * Fields in addresses that name no stored row: a control that every client has, a number in the client's own chain, a
 * person whom the client's own files name, a purchase or task of the catalogue, a domain or document of the client's
 * own, a version of its charter, an item of a review, a template or text of the catalogue.
 */
const OF_EVERYBODY = [
  'client',
  'control',
  'template',
  'detection',
  'kind',
  'format',
  'seq',
  'person',
  'purchase',
  'task',
  'step',
  'audience',
  'domain',
  'document',
  'version',
  'item',
  'text',
  'way',
];

describe('the whole of it', () => {
  it('never returns anything of another client', () => {
    expect(answers).toBeGreaterThan(ALL.length * 4);
    expect(leaks).toEqual([]);
  });
});

function seen({ bytes, headers }: TestAnswer): string {
  return `${JSON.stringify(headers)}\n${bytes.toString('latin1')}`;
}
// Guide: G0-00

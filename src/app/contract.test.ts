import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { permissionsOf } from '#domain/access/permissions.ts';
import { doneWords } from '#features/audit/done-words.ts';
import type { Operation } from '#features/operation.ts';
import { inputSchema, type JsonSchema } from '#features/operation-fields.ts';
import { actionTitles, operations, sharedActions } from './operations.ts';

const ALL = operations();
const name = ({ path }: Operation) => path.join('.');
const without = (rule: (operation: Operation) => boolean) => ALL.filter((one) => !rule(one)).map(name);

function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

/** What holds for every operation, whoever adds it. Each list names the operations that break the rule. */
describe('the contract', () => {
  it('has operations', () => expect(ALL.length).toBeGreaterThan(20));

  it('names the audit action of whatever changes something, or says why there is none', () => {
    expect(
      without(({ method, meta }) => method === 'GET' || meta.audit !== null || (meta.why ?? '') !== ''),
    ).toEqual([]);
  });

  it('names an audit action shared by several operations for what each does, not by one’s title', () => {
    const titles = actionTitles();
    const several = [...Map.groupBy(ALL, ({ meta }) => meta.audit ?? '')].filter(
      ([action, some]) => action !== '' && some.length > 1,
    );
    // Each stands in a list by hand, in words that someone chose: the last title alone says what another one did.
    expect(several.map(([action]) => action).sort()).toEqual(sharedActions().sort());
    expect(titles.get('charter.draft.make')).toBe('Start a draft of the charter');
    expect(titles.get('account.prove')).toBe('Confirm one’s identity');
  });

  it('says each audit action as something that was done', () => {
    const unsaid = [...actionTitles()].filter(([action, title]) => doneWords(action, title) === null);
    expect(unsaid).toEqual([]);
    const words = new Map([...actionTitles()].map(([action, title]) => [action, doneWords(action, title)]));
    expect(words.get('reports.make')).toBe('Created a report');
    expect(words.get('policy.publish')).toBe('Approved and published the policy');
    expect(words.get('account.remove_totp')).toBe('Removed their own authenticator app');
  });

  it('has one operation per method and path, and one per command', () => {
    expect(
      repeated(ALL.map(({ method, route }) => `${method} ${route.replace(/\{[^}]+\}/gu, '{}')}`)),
    ).toEqual([]);
    expect(repeated(ALL.flatMap(({ meta }) => (meta.cli === null ? [] : [meta.cli])))).toEqual([]);
  });

  it('puts every operation of a client, and no other, under /clients/{client}', () => {
    expect(
      without(
        ({ route, meta }) => (meta.scope === 'client') === /^\/clients\/\{client\}(?:\/|$)/u.test(route),
      ),
    ).toEqual([]);
  });

  it('takes what the path is filled with, the client without being told', () => {
    expect(
      without((operation) => {
        const { required = [] } = inputSchema(operation);
        return [...operation.route.matchAll(/\{(\w+)\}/gu)].every(([, part = '']) => required.includes(part));
      }),
    ).toEqual([]);
  });

  it('requires a permission of the right scope: the client’s for a client, the workspace’s elsewhere', () => {
    const atClient = permissionsOf([{ client: 'a', effect: 'allow', role: 'owner', permission: null }], 'a');
    expect(
      without(({ meta: { permission, scope } }) => {
        if (permission === 'public' || permission === 'signed_in') return true;
        return scope === 'client' ? atClient.has(permission) : scope === 'workspace';
      }),
    ).toEqual([]);
  });

  it('requires a sign-in for everything except signing in', () => {
    expect(ALL.filter(({ meta }) => meta.permission === 'public' && meta.scope !== 'self').map(name)).toEqual(
      [],
    );
  });

  it('offers Claude only operations that read', () => {
    expect(without(({ meta, method }) => !meta.mcp || (meta.audit === null && method === 'GET'))).toEqual([]);
  });

  it('has commands in small letters, or says why there is none', () => {
    expect(
      without(({ meta }) =>
        meta.cli === null
          ? (meta.why ?? '') !== '' || meta.transport === 'stream'
          : /^[a-z][a-z-]*(?: [a-z][a-z-]*)*$/u.test(meta.cli),
      ),
    ).toEqual([]);
  });

  it('has a title in one line without a full stop', () => {
    expect(without(({ title }) => /^[A-Z][^\n]{5,90}[^.\n]$/u.test(title))).toEqual([]);
    expect(repeated(ALL.map(({ title }) => title))).toEqual([]);
  });
});

/** Permissions to state something that counts, or to decide. */
const DECIDING: ReadonlySet<string> = new Set([
  'attestations.write',
  'exceptions.request',
  'exceptions.approve',
  'requests.decide',
  'charter.approve',
  'policy.approve',
  'deployment.override',
  'people.decide',
  'work.edit',
  'alerts.decide',
  'incidents.close',
]);

function outputSchema({ procedure }: Operation): JsonSchema {
  const output: unknown = procedure['~orpc'].outputSchema;
  return output instanceof z.ZodType
    ? (z.toJSONSchema(output, { unrepresentable: 'any', io: 'output', reused: 'inline' }) as JsonSchema)
    : {};
}

/** Whether an answer holds a list of things; a list of plain words is none. */
function holdsList(operation: Operation): boolean {
  return Object.values(outputSchema(operation).properties ?? {}).some((schema) =>
    [schema, ...(schema.anyOf ?? [])].some(({ type, items }) => type === 'array' && items?.type !== 'string'),
  );
}

/** What no default may decide: each operation says it in its contract, and says it only where it is a question. */
describe('every operation says in its contract', () => {
  /** Operations of which something has to be said, and was not; and those that say it where nothing asks for it. */
  const wrong = (asked: (one: Operation) => boolean, said: (one: Operation) => unknown) =>
    ALL.filter((one) => asked(one) !== (said(one) !== undefined)).map(name);

  it('`proof`, where it changes something', () => {
    const open = ALL.filter(({ meta }) => meta.audit !== null && meta.proof === undefined);
    expect(open.map(name), 'write proof: in_person, fresh or none, by OperationMeta').toEqual([]);
  });

  it('`verifiedAccount` or, with the reason, `noVerifiedAccount`, where its permission lets people state or decide', () => {
    expect(
      wrong(
        ({ meta }) =>
          meta.audit !== null && DECIDING.has(meta.permission) && meta.verifiedAccount === undefined,
        ({ meta }) => meta.noVerifiedAccount,
      ),
      'write one of them, by OperationMeta; noVerifiedAccount only with such a permission',
    ).toEqual([]);
  });

  it('`list`, or in `boundedBy` what bounds it, where its answer holds a list', () => {
    expect(
      wrong(
        (one) =>
          one.method === 'GET' &&
          one.meta.transport === undefined &&
          one.meta.list === undefined &&
          holdsList(one),
        ({ meta }) => meta.boundedBy,
      ),
      'write one of them, by OperationMeta; boundedBy only where there is a list without pages',
    ).toEqual([]);
  });

  it('`auditorMay` with the reason, where it changes something of a client and an auditor may call it', () => {
    const auditor = permissionsOf(
      [{ client: 'here', effect: 'allow', role: 'auditor', permission: null }],
      'here',
    );
    const called = ALL.filter(({ meta }) => meta.scope === 'client' && auditor.has(meta.permission as never));
    expect(
      wrong(
        (one) => called.includes(one) && one.meta.audit !== null,
        ({ meta }) => meta.auditorMay,
      ),
      'write auditorMay, by OperationMeta, or ask for another permission',
    ).toEqual([]);
    // What reads says so: nothing that an auditor may call changes without naming its record.
    const silent = called.filter(({ meta, method }) => meta.audit === null && method !== 'GET');
    expect(silent.map(name)).toEqual(['devices.lint', 'network.check']);
  });
});

it('every list takes limit and cursor, with a largest limit, and answers with nextCursor', () => {
  for (const operation of ALL.filter(({ meta }) => meta.list !== undefined)) {
    const { limit, cursor } = inputSchema(operation).properties ?? {};
    expect([name(operation), limit]).toEqual([
      name(operation),
      expect.objectContaining({
        type: 'integer',
        minimum: 1,
        maximum: expect.any(Number),
        description: expect.stringMatching(/at most/),
      }),
    ]);
    expect([name(operation), cursor?.type]).toEqual([name(operation), 'string']);
    expect([name(operation), Object.keys(outputSchema(operation).properties ?? {})]).toEqual([
      name(operation),
      expect.arrayContaining([operation.meta.list?.in ?? 'items', 'nextCursor']),
    ]);
  }
});

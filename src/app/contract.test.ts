import { describe, expect, it } from 'vitest';
import { permissionsOf } from '#domain/access/permissions.ts';
import type { Operation } from '#features/operation.ts';
import { inputSchema } from '#features/operation-fields.ts';
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

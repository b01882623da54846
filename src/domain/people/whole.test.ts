import { describe, expect, it } from 'vitest';
import { currentReading } from '../decide/current.ts';
import { reading, TODAY } from '../testing/build.ts';
import { shownWhole } from './whole.ts';

const person = (n: number) => `p${n}@alder.example.org`;
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const current = <K extends 'members' | 'usage' | 'roster' | 'domain_memberships' | 'entra_users'>(
  kind: K,
  rows: readonly object[],
) => currentReading(kind, [reading(kind, rows)], TODAY, 30);

const members = (numbers: readonly number[]) =>
  current(
    'members',
    numbers.map((n) => ({ email: person(n), role: n === 1 ? 'primary_owner' : 'user' })),
  );
const usage = (numbers: readonly number[], to = TODAY) =>
  current(
    'usage',
    numbers.map((n) => ({ email: person(n), from: to, to })),
  );
const roster = (...left: readonly number[]) =>
  current(
    'roster',
    upTo(20).map((n) => ({
      name: `P ${n}`,
      emails: [person(n)],
      status: left.includes(n) ? 'left' : 'active',
    })),
  );

function whole(
  list: Parameters<typeof shownWhole>[0],
  used: ReturnType<typeof usage>,
  staff: ReturnType<typeof roster>,
  today = TODAY,
) {
  const memberships = current('domain_memberships', []);
  return shownWhole(list, { usage: used, memberships, roster: staff, firstInvitation: null, today });
}

describe('a members file compared with usage data', () => {
  it('is partial if many people who use Claude are not in it, and names them', () => {
    expect(whole(members(upTo(10)), usage(upTo(14)), roster(), TODAY)).toMatchObject({
      ok: false,
      code: 'partial',
      why: expect.stringMatching(/4 people of 14 .*p11@alder/),
    });
  });

  it('is complete if the missing people have left, used Claude long ago or are one of many', () => {
    expect(whole(members(upTo(10)), usage(upTo(14)), roster(11, 12, 13, 14), TODAY).ok).toBe(true);
    expect(whole(members(upTo(10)), usage(upTo(14), '2026-08-31'), roster(), TODAY).ok).toBe(true);
    expect(whole(members(upTo(12)), usage(upTo(13)), roster(), TODAY).ok).toBe(true);
  });

  it('is complete if Entra knows the missing people by an earlier address', () => {
    const old = (n: number) => `p${n}@old.example.org`;
    const used = current(
      'usage',
      upTo(10).map((n) => ({ email: old(n), from: TODAY, to: TODAY })),
    );
    const users = current(
      'entra_users',
      upTo(10).map((n) => ({ upn: person(n), mail: person(n), aliases: [old(n)] })),
    );
    const beside = {
      usage: used,
      memberships: current('domain_memberships', []),
      roster: roster(),
      firstInvitation: null,
      today: TODAY,
    };
    expect(shownWhole(members(upTo(10)), { ...beside, users }).ok).toBe(true);
    expect(shownWhole(members(upTo(10)), beside).ok).toBe(false);
  });

  it('is complete if a person uses Claude under another of their addresses', () => {
    const two = current('roster', [
      { name: 'P 1', emails: [person(1), 'p.one@alder.example.org'], status: 'active' },
    ]);
    const used = current('usage', [{ email: 'p.one@alder.example.org', from: TODAY, to: TODAY }]);
    expect(whole(members([1]), used, two, TODAY).ok).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { reading, TODAY } from '../testing/build.ts';
import { currentReading } from './current.ts';
import { ofAccountOwner } from './members-of-several.ts';

const assignments = (file: string, ...resources: string[]) =>
  reading(
    'app_assignments',
    resources.map((resourceId) => ({ resourceId, principalId: `p-${file}` })),
    { file },
  );

describe('files that each cover one object', () => {
  it('are combined if each covers a different application', () => {
    const current = currentReading(
      'app_assignments',
      [assignments('a.json', 'client'), assignments('b.json', 'server')],
      TODAY,
      30,
    );
    expect(current.ok && current.rows.map((row) => row.resourceId)).toEqual(['client', 'server']);
  });

  it('contradict each other if two cover the same one', () => {
    const current = currentReading(
      'app_assignments',
      [assignments('a.json', 'client'), assignments('b.json', 'server', 'Client')],
      TODAY,
      30,
    );
    expect(!current.ok && current.why).toContain('differ');
  });

  it('are incomplete while the rest of a page is in no file', () => {
    const page = { ...assignments('a.json', 'client'), complete: false };
    const beside = (...others: (typeof page)[]) =>
      currentReading('app_assignments', [page, ...others], TODAY, 30);
    expect(beside(assignments('b.json', 'server'))).toMatchObject({ ok: false, code: 'partial' });
    expect(beside(assignments('b.json', 'server'), assignments('c.json', 'client')).ok).toBe(true);
  });

  it('are not combined for kinds where one file holds everything', () => {
    const users = (file: string, id: string) => reading('entra_users', [{ id }], { file });
    expect(currentReading('entra_users', [users('a.json', '1'), users('b.json', '2')], TODAY, 30).ok).toBe(
      false,
    );
  });

  it('are combined for DNS answers about one domain each', () => {
    const dns = (file: string, domain: string) => reading('dns', [{ domain }], { file });
    expect(currentReading('dns', [dns('a.txt', 'a.org'), dns('b.txt', 'b.org')], TODAY, 30).ok).toBe(true);
    expect(currentReading('dns', [dns('a.txt', 'a.org'), dns('b.txt', 'A.org')], TODAY, 30).ok).toBe(false);
  });
});

describe('several members files of one day', () => {
  const list = (file: string, owner: string, ...others: string[]) =>
    reading(
      'members',
      [{ email: owner, role: 'primary_owner' as const }, ...others.map((email) => ({ email }))],
      { file },
    );
  const why = (...readings: ReturnType<typeof list>[]) => {
    const current = currentReading('members', readings, TODAY, 30);
    return current.ok ? '' : `${current.code}: ${current.why}`;
  };

  it('are reported as two Claude organizations if their owners and people differ', () => {
    const ours = list('a.csv', 'dana@alder.example.org', 'kim@alder.example.org', 'it@provider.example');
    const theirs = list('b.csv', 'lee@birch.example.org', 'mo@birch.example.org', 'it@provider.example');
    expect(why(ours, theirs)).toContain(
      'contradicted: 2 members files of Nov 24, 2026 were given: a.csv and b.csv. They seem to list the members of 2 Claude organizations: a.csv (Primary Owner dana@alder.example.org) and b.csv (Primary Owner lee@birch.example.org).',
    );
  });

  it('are told apart by the account owner, unless our people are in both', () => {
    const ours = list('a.csv', 'dana@alder.example.org', 'kim@alder.example.org', 'it@provider.example');
    const theirs = list('b.csv', 'lee@birch.example.org', 'mo@birch.example.org', 'it@provider.example');
    const mixed = list('c.csv', 'lee@birch.example.org', 'noor@alder.example.org', 'mo@birch.example.org');
    const of = (owner: string | undefined, ...lists: ReturnType<typeof list>[]) =>
      ofAccountOwner(lists, owner, ['alder.example.org']).map(({ file }) => file);
    expect(of('dana@alder.example.org', ours, theirs)).toEqual(['a.csv']);
    expect(of('dana@alder.example.org', ours, mixed)).toEqual(['a.csv', 'c.csv']);
    expect(of('noor@alder.example.org', ours, theirs)).toEqual(['a.csv', 'b.csv']);
    expect(of(undefined, ours, theirs)).toEqual(['a.csv', 'b.csv']);
    const earlier = { ...theirs, observedOn: '2026-11-01' };
    expect(of('dana@alder.example.org', ours, earlier)).toEqual(['a.csv', 'b.csv']);
  });

  it('are reported as contradicting if most people are in both, whatever the owner', () => {
    const before = list('a.csv', 'dana@alder.example.org', 'kim@alder.example.org', 'noor@alder.example.org');
    const after = list('b.csv', 'kim@alder.example.org', 'dana@alder.example.org', 'noor@alder.example.org');
    expect(why(before, after)).toContain('differ and each could be the members file');
  });
});

describe('lists of one day that have nothing in common', () => {
  const users = (file: string, ...ids: string[]) =>
    reading(
      'entra_users',
      ids.map((id) => ({ id, upn: `${id}@alder.example.org` })),
      { file },
    );
  const said = (read: ReturnType<typeof currentReading>) =>
    read.ok ? '' : `${read.why} ${read.howToGet.text}`;

  it('may be the users of two Entra tenants, of which none replaces the other', () => {
    const apart = currentReading(
      'entra_users',
      [users('a.json', 'u1', 'u2'), users('b.json', 'u3')],
      TODAY,
      30,
    );
    expect(said(apart)).toContain('They list different people.');
    expect(said(apart)).toContain('--map "entra_users=a.json" --map "entra_users=b.json"');
    expect(said(apart)).not.toContain('Keep the current one');
    const states = currentReading(
      'entra_users',
      [users('a.json', 'u1', 'u2'), users('b.json', 'u1')],
      TODAY,
      30,
    );
    expect(said(states)).toContain('Keep the current one.');
  });

  it('may be the applications of two Entra tenants, of which one counts', () => {
    const apps = (file: string, id: string) =>
      reading('service_principals', [{ id, appId: '00000003-0000-0000-c000-000000000000', name: 'Graph' }], {
        file,
      });
    const read = currentReading(
      'service_principals',
      [apps('a.json', 'o1'), apps('b.json', 'o2')],
      TODAY,
      30,
    );
    expect(said(read)).toContain('two Entra tenants');
    expect(read).toMatchObject({ howToGet: { detail: 'one_tenant' } });
  });
});

describe('pages of a list of members', () => {
  const page = (file: string, complete: boolean, ...rows: object[]) =>
    reading('members', rows, { file, complete });
  const read = (...readings: ReturnType<typeof page>[]) => currentReading('members', readings, TODAY, 30);
  const ann = { email: 'ann@alder.example.org', role: 'member', status: 'active' };

  it('may list an invitation and the account that accepted it', () =>
    expect(
      read(page('1.json', false, { ...ann, role: null, status: 'invited' }), page('2.json', true, ann)).ok,
    ).toBe(true));

  it('are not pages of one list if an account is on both with different roles', () =>
    expect(read(page('1.json', false, { ...ann, role: 'owner' }), page('2.json', true, ann))).toMatchObject({
      ok: false,
      code: 'partial',
    }));
});

describe('figures of one day', () => {
  const figures = (file: string, day: string, messages: number, complete = true) =>
    reading('analytics_users', [{ email: 'ann@alder.example.org', on: day, messages }], {
      file,
      covers: { from: day, to: day },
      complete,
    });
  const day = '2026-11-02';
  const read = (...readings: ReturnType<typeof figures>[]) =>
    currentReading('analytics_users', readings, TODAY, 60);

  it('add up over days, and a duplicate answer counts once', () => {
    const current = read(
      figures('a.json', day, 5),
      figures('b.json', '2026-11-03', 7),
      figures('c.json', day, 5),
    );
    expect(current.ok && current.rows.map(({ messages }) => messages)).toEqual([5, 7]);
  });
  it('are never both counted if they differ', () => {
    const current = read(figures('a.json', day, 5), figures('b.json', day, 7));
    expect(!current.ok && current.why).toContain('a.json and b.json');
  });
  it('count as last saved, if the files say when', () => {
    const saved = (one: ReturnType<typeof figures>, savedAt: string) => ({ ...one, savedAt });
    const current = read(
      saved(figures('b.json', day, 7), '2026-11-09T08:00:00.000Z'),
      saved(figures('a.json', day, 5), '2026-11-03T08:00:00.000Z'),
    );
    expect(current.ok && current.rows.map(({ messages }) => messages)).toEqual([7]);
    const same = '2026-11-03T08:00:00.000Z';
    expect(read(saved(figures('a.json', day, 5), same), saved(figures('b.json', day, 7), same)).ok).toBe(
      false,
    );
  });
  it('revise each other and add up over people if only the file name gives the day', () => {
    const named = (file: string, email: string, messages: number, savedAt: string) => ({
      ...reading('analytics_users', [{ email, messages }], { file, dateFrom: 'name', observedOn: day }),
      savedAt,
    });
    const first = named('usage 2026-11-02.json', 'ann@alder.example.org', 5, '2026-11-03T08:00:00.000Z');
    const later = named('usage 2026-11-02 (2).json', 'ann@alder.example.org', 7, '2026-11-09T08:00:00.000Z');
    const other = named('usage 2026-11-02 ben.json', 'ben@alder.example.org', 2, '2026-11-09T08:00:00.000Z');
    const current = read(later, first, other);
    expect(current.ok && current.rows.map(({ messages }) => messages)).toEqual([7, 2]);
    const unknown = read(first, { ...later, savedAt: first.savedAt }, other);
    expect(!unknown.ok && unknown.why).toContain('usage 2026-11-02.json and usage 2026-11-02 (2).json');
  });
  it('are combined if they are pages of one answer', () =>
    expect(read(figures('a.json', day, 5, false), figures('b.json', day, 7)).ok).toBe(true));
});

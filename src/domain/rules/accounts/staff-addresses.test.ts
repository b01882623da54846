import { describe, expect, it } from 'vitest';
import { at, dana, kim, noor, roster, run, staffOf } from './fixtures.ts';
import { staffAddresses } from './staff-addresses.ts';

describe('staff addresses', () => {
  const of = (rows: Parameters<typeof roster>[0]) =>
    run(staffAddresses, { readings: { roster: roster(rows) } });

  it('holds before there is any member, once everyone on the roster has an address of ours', () => {
    const all = of(staffOf(dana, kim, noor));
    expect(all).toMatchObject({ state: 'pass' });
    expect(all.reason).toContain('All 3 people');
  });

  it('names staff with only a private address or none, and nobody who left', () => {
    const found = of([
      ...staffOf(dana),
      { name: 'Kim Osei', emails: ['kim.osei@gmail.com'] },
      { name: 'Noor Vasquez', emails: [] },
      { name: 'Gone Before', emails: [], status: 'left' },
      { name: 'Front desk', emails: [], engagement: 'shared' },
      { name: 'Two Addresses', emails: ['two@gmail.com', at('two')] },
    ]);
    expect(found.state).toBe('fail');
    expect(found.items.map(({ label }) => label)).toEqual(['Kim Osei', 'Noor Vasquez']);
    expect(found.reason).toContain('2 of 4 people');
    expect(found.items[0]?.evidence[0]?.row).toBe(3);
  });

  it.each(['tbd', 'none', 'no.email', 'n.a', 'firstname.lastname', 'vorname.nachname', 'prenom.nom', 'xxxx'])(
    'takes %s@ for none',
    (local) => {
      const found = of([...staffOf(dana), { name: 'Kim Osei', emails: [at(local)] }]);
      expect(found).toMatchObject({ state: 'fail', items: [{ label: 'Kim Osei' }] });
    },
  );

  it('asks about people who share an address with another, or with a team', () => {
    const found = of([
      ...staffOf(dana),
      { name: 'Kim Osei', emails: [dana.email] },
      { name: 'Noor Vasquez', emails: [at('frontdesk')] },
      { name: 'Nona Name', emails: [at('nona.name')] },
      { name: 'Ana Roy', emails: [at('frontdesk'), at('ana')] },
    ]);
    expect(found.state).toBe('cannot_read');
    expect(found.items.map(({ label }) => label)).toEqual(['Dana Whitlock', 'Kim Osei', 'Noor Vasquez']);
  });

  it('lets someone who came back be listed twice', () => {
    expect(of([...staffOf(dana), ...staffOf(dana)]).state).toBe('pass');
  });

  it('does not fail a roster without addresses, nor people who may not work here', () => {
    const unsure = { code: 'empty', column: 'Status', text: null } as const;
    expect(of([{ name: 'Dana Whitlock', emails: [] }]).state).toBe('cannot_read');
    expect(of([...staffOf(dana), { name: 'Kim Osei', emails: [], status: null, unsure }]).state).toBe(
      'cannot_read',
    );
    expect(run(staffAddresses, {}).state).toBe('cannot_read');
  });
});
// Guide: G2.1-02

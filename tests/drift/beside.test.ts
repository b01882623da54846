import { describe, expect, it } from 'vitest';
import { EvaluationState } from '../../src/domain/decide/context.ts';
import { driftFrom } from '../../src/domain/drift/drift.ts';
import { given, reading, TODAY } from '../../src/domain/testing/build.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';

/** Drift outside of connectors: Owners, Admins, and missing verification records. */
const catalogue = sharedCatalogue();
const OWNER = 'kim@alder.example.org';
const NOOR = 'noor@alder.example.org';
const approved = { accountOwner: OWNER, owners: [], admins: [] };

const member = (email: string, role: string) => ({
  email,
  name: email.split('@')[0],
  role,
  status: 'active',
});
const looked = (observedOn: string, txt: readonly string[] | null) =>
  reading(
    'dns',
    [{ domain: 'alder.example.org', outcome: txt === null ? 'servfail' : 'answer', txt: txt ?? [] }],
    { observedOn, file: `dns ${observedOn}.txt` },
  );
const RECORD = 'anthropic-domain-verification-x1=abc';

function drift(
  charter: Record<string, unknown> | null,
  members: readonly object[],
  dns: readonly ReturnType<typeof looked>[] = [],
  observedOn = TODAY,
) {
  return driftFrom(
    new EvaluationState(
      given({
        catalogue,
        ...(charter === null ? {} : { charter }),
        readings: { members: [reading('members', members, { observedOn })], dns },
      }),
    ),
  );
}
const found = (made: ReturnType<typeof drift>) =>
  made.deviations.map(({ key, urgency }) => `${key} ${urgency}`);

describe('Owners and Admins', () => {
  const first = member(OWNER, 'primary_owner');
  it('are drift by name if the charter does not approve them, even without a list of connectors', () => {
    const made = drift(approved, [first, member(NOOR, 'owner'), member('bo@alder.example.org', 'admin')]);
    expect(found(made)).toEqual([`setting/role/${NOOR} urgent`, 'setting/role/bo@alder.example.org soon']);
    expect(made.deviations[0]).toMatchObject({
      words: expect.stringContaining(
        'noor (noor@alder.example.org) is an Owner, but the charter does not approve it.',
      ),
      amend: { kind: 'part', part: 'owners', value: [NOOR] },
      listed: [{ control: 'CLA-ACC-04', keys: [NOOR] }],
    });
    expect(made.unread).toMatchObject([{ label: 'Connectors' }]);
    expect(found(drift({ ...approved, connectors: [] }, [first, member(NOOR, 'owner')]))).toHaveLength(1);
  });
  it('are not drift if it does, or if the role was put back', () => {
    const made = drift({ ...approved, owners: [NOOR] }, [first, member(NOOR, 'owner')]);
    expect([found(made), made.same]).toEqual([[], 2]);
    const back = drift(approved, [first, member(NOOR, 'user')]);
    expect(found(back)).toEqual([]);
    expect(back.status.get(`setting/role/${NOOR}`)).toMatchObject({ how: 'conforms' });
  });
  it('are no longer drift once a later members file of everyone does not list them', () => {
    const then: readonly object[] = [first, member(NOOR, 'owner')];
    const before = reading('members', then, { observedOn: '2026-11-01', file: 'old.csv' });
    const status = (rows: readonly object[], day = '2026-11-20') =>
      driftFrom(
        new EvaluationState(
          given({
            catalogue,
            charter: approved,
            readings: { members: [before, reading('members', rows, { observedOn: day, file: 'new.csv' })] },
          }),
        ),
      ).status.get(`setting/role/${NOOR}`);
    expect(status([first, member('bo@alder.example.org', 'user')])).toMatchObject({
      how: 'conforms',
      words: 'noor no longer has an account, according to the members file of Nov 20, 2026.',
      evidence: { file: 'new.csv', observedOn: '2026-11-20' },
    });
    // A list with only users, or with an account that cannot be identified, may omit the person.
    expect(status([member('bo@alder.example.org', 'user')])).toBeUndefined();
    expect(status([first, { ...member('', 'user'), name: 'N.' }])).toBeUndefined();
    expect(status([first, member(NOOR, 'owner')])?.how).toBe('departs');
  });
  it('are not judged if the charter does not say who may be one, or no members file is current', () => {
    expect(drift({}, [first]).same).toBe(0);
    expect(drift({ owners: [] }, [first, member(NOOR, 'admin')]).status.has(`setting/role/${NOOR}`)).toBe(
      false,
    );
    const old = drift(approved, [first], [], '2026-09-01');
    expect(old.unread.map(({ key }) => key)).toContain('setting/roles');
  });
});

describe('an API key that nobody approved', () => {
  const key = (id: string, active: boolean) => ({ id, name: id, active, scopes: ['read:usage'] });
  const status = (newest: readonly object[]) =>
    driftFrom(
      new EvaluationState(
        given({
          catalogue,
          profile: { claudePlan: 'enterprise' },
          charter: { ...approved, connectors: [], approvedApiKeys: [] },
          readings: {
            api_keys: [
              reading('api_keys', [key('k1', true), key('k2', true)], {
                observedOn: '2026-11-01',
                file: 'old.json',
              }),
              reading('api_keys', newest, { observedOn: '2026-11-20', file: 'new.json' }),
            ],
          },
        }),
      ),
    ).status.get('setting/api-key/k1');
  it('is no longer drift once a later list calls it inactive or does not list it', () => {
    expect(status([key('k1', true), key('k2', true)])?.how).toBe('departs');
    expect(status([key('k1', false), key('k2', true)])).toMatchObject({ how: 'conforms' });
    expect(status([key('k2', true)])).toMatchObject({
      how: 'conforms',
      evidence: { file: 'new.json', observedOn: '2026-11-20' },
    });
  });
});

describe('a verification record', () => {
  const members = [member(OWNER, 'primary_owner')];
  const key = 'setting/domain-record/alder.example.org';
  const of = (...dns: ReturnType<typeof looked>[]) => drift(null, members, dns);
  it('is drift if it was there and the newest look-up does not show it', () => {
    const made = of(looked('2026-11-01', [RECORD]), looked('2026-11-23', ['v=spf1 -all']));
    expect(found(made)).toEqual([`${key} soon`]);
    expect(made.deviations[0]?.words).toContain('Nov 1, 2026');
    expect(of(looked('2026-11-01', [RECORD]), looked('2026-11-23', [RECORD])).status.get(key)?.how).toBe(
      'conforms',
    );
  });
  it('is not drift if it was never there, and is unread if a look-up got no answer', () => {
    expect(of(looked('2026-11-23', ['v=spf1 -all']))).toMatchObject({ deviations: [], unread: [] });
    const open = of(looked('2026-11-01', [RECORD]), looked('2026-11-23', null));
    expect([found(open), open.unread.map((one) => one.key)]).toEqual([[], [key]]);
  });
});
// Guide: G2.2-04 G2.2-10

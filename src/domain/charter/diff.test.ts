import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charter, charterSchema } from '../model/charter.ts';
import { CATALOGUE } from '../rules/connectors/testing/catalogue.ts';
import { TODAY } from '../testing/build.ts';
import { applyDiff, diffCharters, sameCharter } from './diff.ts';
import { FIELDS } from './fields.ts';
import { flatten, readable, unflatten } from './flat.ts';
import { rebase } from './rebase.ts';
import { anyCharter, reordered } from './testing/arbitrary.ts';

const charter = (value: object): Charter => charterSchema.parse(value);
const changes = (a: object, b: object) => diffCharters(charter(a), charter(b), CATALOGUE, TODAY);
const words = (a: object, b: object) => changes(a, b).map((one) => one.words);
const sharepoint = (actions: object, more: object = {}) => ({
  connectors: [{ name: 'SharePoint', actions, ...more }],
});

describe('difference of two charters', () => {
  it('is empty for any other way of writing the same charter', () => {
    fc.assert(
      fc.property(anyCharter, (one) => {
        expect(diffCharters(one, reordered(one), CATALOGUE, TODAY)).toEqual([]);
        expect(sameCharter(one, reordered(one))).toBe(true);
      }),
    );
  });

  it('applied to the first gives the second', () => {
    fc.assert(
      fc.property(anyCharter, anyCharter, (a, b) => {
        expect(sameCharter(applyDiff(a, b), b)).toBe(true);
      }),
    );
  });

  it('distinguishes two connectors of one name by their content, ignoring empty groups', () => {
    const plain = { name: 'Asana', actions: {}, actionsClassified: '2027-02-28' };
    const reviewed = { ...plain, securityReview: { on: '2026-01-31', by: 'Kim', vendorContact: 'Kim' } };
    const two = charter({ connectors: [{ ...plain, effects: {}, justifications: {} }, reviewed] });
    expect(sameCharter(two, charter({ connectors: [reviewed, plain] }))).toBe(true);
    expect(sameCharter(applyDiff(charter({}), two), two)).toBe(true);
  });

  it('is empty only if the two are the same, and lists each place at most once', () => {
    fc.assert(
      fc.property(anyCharter, anyCharter, (a, b) => {
        const found = diffCharters(a, b, CATALOGUE, TODAY);
        expect(found.length === 0).toBe(sameCharter(a, b));
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      }),
    );
  });

  it('leaves a charter unchanged when it is flattened and rebuilt', () => {
    fc.assert(
      fc.property(anyCharter, (one) => {
        const made = unflatten(flatten(one).values());
        expect(made.ok && sameCharter(made.charter, one)).toBe(true);
      }),
    );
  });

  it('has words for every value that a charter can hold', () => {
    const unnamed = new Set<string>();
    fc.assert(
      fc.property(anyCharter, (one) => {
        for (const { pattern } of flatten(one).values()) if (!(pattern in FIELDS)) unnamed.add(pattern);
      }),
    );
    expect([...unnamed]).toEqual([]);
  });

  it('lists permissions with effect and direction, widening first', () => {
    const found = changes(
      sharepoint({ 'Delete item': 'blocked', Search: 'allow', 'Edit file': 'ask' }),
      sharepoint({ 'Delete item': 'ask', search: 'ask', 'Edit file': 'ask' }),
    );
    expect(found.map(({ words: text }) => text)).toEqual([
      'SharePoint: Delete item goes from Blocked to Needs approval (looser).',
      'SharePoint: search goes from Always allow to Needs approval (tighter).',
    ]);
    expect(found.map(({ effects }) => effects)).toEqual([['delete'], ['read']]);
  });

  it('compares an added or removed permission with what was in effect before', () => {
    // `*` already asks, so neither adding nor removing an equal entry for one action loosens anything.
    expect(words(sharepoint({ '*': 'ask' }), sharepoint({ '*': 'ask', 'Edit file': 'ask' }))).toEqual([
      'SharePoint: Edit file is added: Needs approval.',
    ]);
    expect(words(sharepoint({ '*': 'ask', 'Edit file': 'blocked' }), sharepoint({ '*': 'ask' }))).toEqual([
      'SharePoint: Edit file is removed; it was Blocked (looser).',
    ]);
    expect(words({}, sharepoint({ Search: 'allow' }))).toEqual([
      'SharePoint: Search is added: Always allow (looser).',
    ]);
  });

  it('ignores capitals and spaces in names', () => {
    expect(
      words(
        { connectors: [{ name: 'SharePoint', actions: { 'Delete item': 'ask' } }] },
        { connectors: [{ name: ' sharepoint', actions: { 'delete  ITEM': 'ask' }, justifications: {} }] },
      ),
    ).toEqual([]);
  });

  it('reports changes of owners, thresholds, exceptions and the gateway', () => {
    const exception = { control: 'CLA-ACC-08', reason: 'desk', owner: 'Dana', until: '2027-01-31' };
    expect(
      words(
        {
          owners: ['a@x.example'],
          maxOwners: 2,
          auditRetentionDays: 365,
          exceptions: [],
          network: { tenantRestriction: true },
        },
        {
          owners: ['b@x.example', 'a@x.example'],
          maxOwners: 3,
          auditRetentionDays: 180,
          exceptions: [exception],
          governanceDeputy: { name: 'Soren Vantongeren' },
          network: { tenantRestriction: false },
        },
      ),
    ).toEqual([
      'Owner is added: b@x.example (looser).',
      'Maximum number of Owners goes from 2 to 3 (looser).',
      'Audit records are kept goes from 365 days to 180 days (looser).',
      'Exception: CLA-ACC-08 is added: Until Jan 31, 2027, owned by Dana: desk (looser).',
      'Other Claude organizations are refused goes from Yes to No (looser).',
      'Deputy governance owner is added: Soren Vantongeren.',
    ]);
  });

  it('names clauses and types of incidents instead of their ids, and leaves what a person wrote', () => {
    const clause = { id: 'no_credentials', title: 'No passwords', kind: 'prohibited' as const };
    const clauses = [{ ...clause, required: true, controls: [], guideRows: [] }];
    const after = charter({
      policy: { version: '2', published: '2026-11-10', clauses: ['no_credentials', 'our own'] },
      incidentPlan: { types: ['data_upload'], contacts: [], reviewed: '2026-11-10' },
    });
    const shown = diffCharters({}, after, { ...CATALOGUE, clauses }, TODAY).map((one) => one.after);
    expect(shown).toEqual(
      expect.arrayContaining(['No passwords', 'our own', 'Member data uploaded to a personal session']),
    );
    expect(shown).not.toContain('data_upload');
  });

  it('distinguishes an empty list, which is an answer, from no list', () => {
    expect(words({}, { desktopExtensions: [] })).toEqual(['Desktop extensions is added: None.']);
  });
});

describe('a draft on another version', () => {
  const base = charter({
    ...sharepoint({ 'Delete item': 'blocked', Search: 'allow' }),
    owners: ['a@x.example'],
    maxOwners: 2,
  });

  it('carries over what does not conflict and lists the rest', () => {
    const draft = charter({
      ...sharepoint({ 'Delete item': 'ask', Search: 'allow' }),
      owners: ['a@x.example'],
      maxOwners: 4,
    });
    const current = charter({
      ...sharepoint({ 'Delete item': 'blocked', Search: 'ask' }),
      owners: ['a@x.example', 'b@x.example'],
      maxOwners: 3,
    });
    const { charter: made, overlaps } = rebase(base, draft, current);
    expect(made.connectors?.[0]?.actions).toEqual({ 'Delete item': 'ask', Search: 'ask' });
    expect(made.owners).toEqual(['a@x.example', 'b@x.example']);
    expect(made.maxOwners).toBe(3);
    expect(overlaps).toEqual([
      { key: 'maxOwners', what: 'Maximum number of Owners', base: '2', current: '3', draft: '4' },
    ]);
  });

  it('lists a change in what the other version removed', () => {
    const draft = charter({
      ...sharepoint({ 'Delete item': 'ask', Search: 'allow' }),
      owners: ['a@x.example'],
      maxOwners: 2,
    });
    const { charter: made, overlaps } = rebase(
      base,
      draft,
      charter({ connectors: [], owners: ['a@x.example'], maxOwners: 2 }),
    );
    expect(made.connectors).toEqual([]);
    expect(overlaps.map(({ what, current, draft: mine }) => [what, current, mine])).toEqual([
      ['SharePoint: Delete item', null, 'Needs approval'],
    ]);
  });

  it('restores the whole entry that a kept change belongs to', () => {
    const draft = charter({
      ...sharepoint({ 'Delete item': 'ask', Search: 'allow' }),
      owners: ['a@x.example'],
      maxOwners: 2,
    });
    const current = charter({ connectors: [], owners: ['a@x.example'], maxOwners: 2 });
    const [first] = rebase(base, draft, current).overlaps;
    const { charter: made, together } = rebase(base, draft, current, new Set([first?.key ?? '']));
    expect(together).toBe(true);
    expect(made.connectors).toEqual([
      expect.objectContaining({ name: 'SharePoint', actions: { 'Delete item': 'ask', Search: 'allow' } }),
    ]);
  });

  it('never mixes two decisions about one person', () => {
    const { charter: made, overlaps } = rebase(
      charter({}),
      charter({ governanceOwner: { name: 'Ines', email: 'ines@x.example' } }),
      charter({ governanceOwner: { name: 'Mara' } }),
    );
    expect(made.governanceOwner).toEqual({ name: 'Mara' });
    expect(overlaps.map(({ what }) => what)).toEqual(['Governance owner', 'Governance owner, email']);
  });

  it('gives the values of the draft when all conflicts are decided for it', () => {
    fc.assert(
      fc.property(anyCharter, anyCharter, anyCharter, (a, b, c) => {
        // Entries of one name are renumbered when one of them is removed.
        fc.pre(![a, b, c].some((one) => [...flatten(one).keys()].some((key) => key.includes('\u0001'))));
        const { overlaps } = rebase(a, b, c);
        const { charter: made, together } = rebase(a, b, c, new Set(overlaps.map(({ key }) => key)));
        if (!together) return;
        for (const { key } of overlaps) {
          const leaf = (one: Charter) => [...flatten(one)].find(([at]) => readable(at) === key)?.[1].value;
          expect(leaf(made)).toEqual(leaf(b));
        }
      }),
    );
  });

  it('is never refused, and changes nothing if nothing was changed', () => {
    fc.assert(
      fc.property(anyCharter, anyCharter, anyCharter, (a, b, c) => {
        const { charter: made, overlaps } = rebase(a, b, c);
        expect(charterSchema.safeParse(made).success).toBe(true);
        if (sameCharter(a, b)) expect(sameCharter(made, c) && overlaps.length === 0).toBe(true);
        if (sameCharter(a, c)) expect(sameCharter(made, b) && overlaps.length === 0).toBe(true);
      }),
    );
  });
});
// Guide: G2.2-17

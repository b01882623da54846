import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkInvariants } from '#domain/charter/invariants.ts';
import { applyEdits } from '#domain/connectors/edits.ts';
import { type Matrix, matrixOf } from '#domain/connectors/matrix.ts';
import { comparePermissions, PERMISSIONS } from '#domain/connectors/order.ts';
import { PRESETS, presetPermission } from '#domain/connectors/presets.ts';
import { departureOf, hasCell, isUndecided, type MatrixRow, permissionOf } from '#domain/connectors/row.ts';
import { summaryOf } from '#domain/connectors/summary.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { cases } from '../src/domain/testing/cases.ts';

/** Properties that hold for any charter, in any spelling, with the shipped catalogue. */

const catalogue = sharedCatalogue();
const TODAY = '2026-11-26';
const UNTIL = '2027-01-31';

const permission = fc.constantFrom(...PERMISSIONS);
const spelling = (id: string) => {
  const entries = catalogue.connectors.filter((one) => one.id === id);
  return fc.constantFrom(
    ...entries.flatMap(({ actions }) =>
      actions.flatMap((action) => [action.id, action.title, ...action.aliases]),
    ),
    'read',
    'write',
    'delete tools',
    '*',
    'paint_fence',
    'Send pigeons',
  );
};
const known = fc.constantFrom(...catalogue.connectors).chain((entry) =>
  fc.record({
    name: fc.constantFrom(entry.id, entry.name, ...entry.aliases),
    actions: fc.dictionary(spelling(entry.id), permission, { maxKeys: 8 }),
  }),
);
const custom = fc.record({
  name: fc.constantFrom('Paint server', 'Pigeon post', 'Member desk'),
  kind: fc.constant('custom' as const),
  isAms: fc.boolean(),
  actions: fc.dictionary(
    fc.constantFrom('get_member', 'update_member', 'listMembers', 'Delete member', 'read', 'write', '*'),
    permission,
    { maxKeys: 6 },
  ),
  effects: fc.dictionary(
    fc.constantFrom('get_member', 'update member', 'delete_member'),
    fc.constantFrom('read' as const, 'write' as const, 'delete' as const),
  ),
});
const charters = fc
  .uniqueArray(fc.oneof({ weight: 3, arbitrary: known }, custom), {
    maxLength: 6,
    selector: (one) => one.name.toLowerCase(),
  })
  .map((connectors): Charter => charterSchema.parse({ connectors }));

const matrix = (charter: Charter): Matrix => matrixOf({ catalogue, charter, observed: [], today: TODAY });
const status = (rows: readonly MatrixRow[]) =>
  Object.fromEntries(
    rows
      .map(
        (row) => [row.id, [row.effect, row.baseline, row.charter, departureOf(row), hasCell(row)]] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Whether a charter names each system only once; the other case has its own test below. */
function isPlain({ connectors = [] }: Charter): boolean {
  const keys = connectors.flatMap(({ name }) => {
    const { key, entries } = matchConnector(name, catalogue);
    return entries.length === 0 ? [key] : entries.map(({ id }) => id);
  });
  return new Set(keys).size === keys.length;
}

/** A connector of the catalogue as a preset adds it to an empty charter. */
const added = (entry: string, preset: (typeof PRESETS)[number]) => {
  const { charter, problems } = applyEdits(
    { catalogue, charter: charterSchema.parse({}), observed: [], today: TODAY },
    { remove: [], add: [{ entry, preset }], classify: [], cells: [] },
  );
  expect(problems).toEqual([]);
  return matrix(charter).rows.filter((row) => row.connector === entry);
};
const titles = (rows: readonly MatrixRow[], state: string) =>
  rows.filter((row) => row.kind === 'action' && permissionOf(row) === state).map(({ title }) => title);

describe('a preset', () => {
  it('opens the two reads of a membership system that the guide allows, and nothing else', () => {
    for (const id of ['imis', 'fonteva', 'nimble_ams', 'personify'])
      expect(titles(added(id, 'read_only'), 'allow')).toEqual(
        expect.arrayContaining(['Read member records', 'Read event registrations']),
      );
    expect(titles(added('imis', 'baseline'), 'ask')).toEqual([]);
  });

  it('leaves nothing of Outlook in Needs approval', () => {
    const rows = added('microsoft365_outlook', 'baseline');
    expect(titles(rows, 'ask')).toEqual([]);
    expect(titles(rows, 'allow')).toEqual(['Read email', 'Search email']);
  });

  it('leaves to a decision what the guide does not name in Asana, and blocks what it blocks', () => {
    const rows = added('asana', 'baseline');
    expect(rows.filter((row) => isUndecided(row)).map(({ title }) => title)).toEqual(['Change tasks']);
    expect(titles(rows, 'blocked')).toEqual(
      expect.arrayContaining(['Delete tasks', 'Reassign tasks', 'Close projects']),
    );
    expect(summaryOf(rows).undecided).toBe(1);
  });
});

describe('the matrix', () => {
  it('ignores order and capitalization', () => {
    fc.assert(
      fc.property(charters.filter(isPlain), fc.boolean(), (charter, loud) => {
        const shout = (text: string) => (loud ? text.toUpperCase() : text.toLowerCase());
        const turned = charterSchema.parse({
          connectors: [...(charter.connectors ?? [])].reverse().map((one) => ({
            ...one,
            name: shout(one.name),
            actions: Object.fromEntries(
              Object.entries(one.actions)
                .reverse()
                // A bare camelCase name is split at its capitals, so its case matters.
                .map(([text, state]) => [/^[a-z]+[A-Z]/.test(text) ? text : shout(text), state]),
            ),
          })),
        });
        // In capitals, two spellings that differ only in case are the same key, and the later state wins.
        fc.pre(
          turned.connectors?.every(
            (one, at, all) =>
              Object.keys(one.actions).length ===
              Object.keys(charter.connectors?.[all.length - 1 - at]?.actions ?? {}).length,
          ) ?? true,
        );
        expect(status(matrix(turned).rows)).toEqual(status(matrix(charter).rows));
      }),
      { numRuns: cases(80) },
    );
  });

  it('counts each cell once, and nothing looser without counting it', () => {
    fc.assert(
      fc.property(charters, (charter) => {
        const { rows } = matrix(charter);
        const summary = summaryOf(rows);
        const cells = rows.filter(hasCell);
        const actions = cells.filter(({ kind }) => kind !== 'rest');
        for (const state of PERMISSIONS) {
          const counted = Object.values(summary[state]).reduce((sum, n) => sum + n, 0);
          expect(counted).toBe(actions.filter((row) => row.charter === state).length);
        }
        expect(summary.actions).toBe(actions.length);
        expect(summary.looser).toBe(
          cells.filter((row) => comparePermissions(permissionOf(row), row.baseline) > 0).length,
        );
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
      { numRuns: cases(150) },
    );
  });

  it('treats an action that no one classified as a write, and as Blocked in a membership system', () => {
    fc.assert(
      fc.property(charters, (charter) => {
        const { rows, connectors } = matrix(charter);
        const ams = new Set(connectors.filter((one) => one.ams).map(({ id }) => id));
        for (const row of rows.filter(
          ({ effect, baselineFrom }) => effect === 'unknown' && baselineFrom !== 'guide',
        ))
          expect(row.baseline, row.id).toBe(ams.has(row.connector) ? 'blocked' : 'ask');
      }),
    );
  });

  it('has presets that are never looser than the baseline', () => {
    fc.assert(
      fc.property(charters, fc.constantFrom(...PRESETS), (charter, preset) => {
        for (const row of matrix(charter).rows)
          expect(comparePermissions(presetPermission(preset, row), row.baseline)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('an edit of the matrix', () => {
  const edited = fc.tuple(
    charters.filter(isPlain),
    fc.array(fc.tuple(fc.nat(), permission), { minLength: 1, maxLength: 8 }),
  );

  function cellsOf(
    rows: readonly MatrixRow[],
    picks: readonly (readonly [number, (typeof PERMISSIONS)[number]])[],
  ) {
    const chosen = new Map<string, (typeof PERMISSIONS)[number]>();
    for (const [at, state] of picks) {
      const row = rows[at % rows.length];
      if (row === undefined || (state === 'allow' && row.alwaysAllowOffered === false)) continue;
      // A tool that several systems share has one cell.
      if (row.shared.some((id) => chosen.has(id))) continue;
      chosen.set(row.id, state);
    }
    return [...chosen].map(([row, state]) => ({
      row,
      permission: state,
      reason: 'For the test.',
      until: UNTIL,
    }));
  }

  it('brings each row to what it was set to, and changes no other', () => {
    fc.assert(
      fc.property(edited, ([charter, picks]) => {
        const before = matrix(charter).rows;
        fc.pre(before.length > 0);
        const cells = cellsOf(before, picks);
        const { charter: after, problems } = applyEdits(
          { catalogue, charter, observed: [], today: TODAY },
          { remove: [], add: [], classify: [], cells },
        );
        expect(problems).toEqual([]);
        const wanted = new Map(
          cells.flatMap(({ row, permission: state }) => {
            const shared = before.find(({ id }) => id === row)?.shared ?? [];
            return [row, ...shared].map((id) => [id, state] as const);
          }),
        );
        const now = new Map(matrix(after).rows.map((row) => [row.id, row] as const));
        for (const row of before) {
          if (!hasCell(row) && !wanted.has(row.id)) continue;
          const found = now.get(row.id);
          expect(found && permissionOf(found), row.id).toBe(wanted.get(row.id) ?? permissionOf(row));
        }
        expect(charterSchema.parse(after)).toEqual(after);
      }),
      { numRuns: cases(150) },
    );
  });

  it('is refused where the charter speaks of a row under two names, rather than changing what nobody asked for', () => {
    const charter = charterSchema.parse({
      connectors: [
        { name: 'Outlook', actions: {} },
        { name: 'Microsoft 365', actions: {} },
      ],
    });
    const { problems } = applyEdits(
      { catalogue, charter, observed: [], today: TODAY },
      {
        remove: [],
        add: [],
        classify: [],
        cells: [{ row: 'microsoft365_sharepoint/read_resource', permission: 'ask' }],
      },
    );
    expect(problems.map(({ row }) => row)).toEqual(['microsoft365_outlook/read_resource']);
  });

  it('leaves nothing without the exception that an invariant asks for', () => {
    fc.assert(
      fc.property(edited, ([charter, picks]) => {
        const before = matrix(charter).rows;
        fc.pre(before.length > 0 && checkInvariants(charter, catalogue, TODAY).broken.length === 0);
        const { charter: after } = applyEdits(
          { catalogue, charter, observed: [], today: TODAY },
          { remove: [], add: [], classify: [], cells: cellsOf(before, picks) },
        );
        const { uncovered, idle, approvers } = checkInvariants(after, catalogue, TODAY);
        expect(uncovered.map(({ words }) => words)).toEqual([]);
        expect(idle).toEqual([]);
        const open = matrix(after).rows.some(
          (row) => row.guarded?.states.includes(permissionOf(row)) && row.charterFrom !== 'rest',
        );
        if (open) expect(approvers).toBe(2);
      }),
      { numRuns: cases(60) },
    );
  });
});
// Guide: G1.1-03 G2.2-13 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29
// Guide: G2.2-30 G3.4-02

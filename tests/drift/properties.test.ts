import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EvaluationState } from '../../src/domain/decide/context.ts';
import { driftFrom } from '../../src/domain/drift/drift.ts';
import type { Connector } from '../../src/domain/model/catalogue.ts';
import type { ActivityRow, ConnectorRow, Permission } from '../../src/domain/model/kinds.ts';
import { matchAction, matchConnector } from '../../src/domain/rules/connectors/match.ts';
import { given, reading, TODAY } from '../../src/domain/testing/build.ts';
import { cases } from '../../src/domain/testing/cases.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';

/** A state never drifts from itself in any spelling; if one cell changes, exactly that cell is reported. */
const catalogue = sharedCatalogue();
const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];
const CUSTOM = { name: 'Chapter Desk', tools: ['find_chapter', 'merge_chapters', 'sync'] } as const;

interface Cell {
  /** Id of its catalogue entry; null: a connector that is not in the catalogue. */
  readonly entry: string | null;
  readonly connector: string;
  readonly action: string;
  readonly state: Permission;
}

const entryOf = (id: string | null): Connector | null =>
  catalogue.connectors.find((one) => one.id === id) ?? null;

/** Names for a connector, or an action, that a file may use and that identify only it. */
const namesOf = (entry: Connector | null): readonly string[] =>
  entry === null
    ? [CUSTOM.name, 'Desk, Chapter', 'chapter-desk MCP server']
    : [entry.name, ...entry.aliases, `${entry.name} connector`].filter((name) => {
        const { entries } = matchConnector(name, catalogue);
        return entries.length === 1 && entries[0] === entry;
      });
const actionsOf = ({ entry: id, action }: Pick<Cell, 'entry' | 'action'>): readonly string[] => {
  const entry = entryOf(id);
  if (action === '*') return ['*', 'All other actions', 'default'];
  if (entry === null) return [action, action.replaceAll('_', ' '), action.replaceAll('_', '-')];
  const known = entry.actions.find(({ id }) => id === action);
  if (known === undefined) return [action];
  return [known.id, known.title, ...known.aliases].filter((text) => {
    return (['observed', 'charter'] as const).every((by) => {
      const match = matchAction(text, [entry], by);
      return match.kind === 'actions' && match.actions.length === 1 && match.actions[0]?.action === known;
    });
  });
};

const entryCells = (entry: Connector) =>
  fc
    .tuple(
      ...entry.actions
        .filter(({ id, tool }) => tool !== false && actionsOf({ entry: entry.id, action: id }).length > 0)
        .map((action) =>
          fc
            .constantFrom(...STATES.filter((s) => s !== 'allow' || action.alwaysAllowOffered !== false))
            .map((state): Cell => ({ entry: entry.id, connector: entry.name, action: action.id, state })),
        ),
    )
    .map((cells): Cell[] => [
      ...cells,
      { entry: entry.id, connector: entry.name, action: '*', state: 'blocked' },
    ]);
const customCells = fc
  .tuple(...CUSTOM.tools.map((action) => fc.constantFrom(...STATES).map((state) => ({ action, state }))))
  .map((cells): Cell[] =>
    [...cells, { action: '*', state: 'blocked' as const }].map((cell) => ({
      ...cell,
      entry: null,
      connector: CUSTOM.name,
    })),
  );
const state = fc
  .tuple(fc.subarray([...catalogue.connectors], { minLength: 1, maxLength: 5 }), customCells)
  .chain(([entries, custom]) =>
    fc.tuple(...entries.map(entryCells)).map((lists) => [...lists.flat(), ...custom]),
  );

/** How a file represents a state: order, names, case, duplicate lines, and which connectors or actions it omits. */
const way = fc.record({
  seed: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  partial: fc.constantFrom('whole', 'connectors', 'actions'),
  doubled: fc.boolean(),
  empty: fc.boolean(),
});
type Way = typeof way extends fc.Arbitrary<infer T> ? T : never;

function rowsOf(cells: readonly Cell[], { seed, partial, doubled, empty }: Way, keep?: Cell) {
  const at = (n: number) => seed[n % seed.length] ?? 0;
  const dropped = (cell: Cell, n: number) =>
    cell !== keep &&
    (partial === 'connectors'
      ? cell.connector !== keep?.connector && at(cell.connector.length) % 2 === 0
      : // A line for the rest would also apply to what is left out.
        partial === 'actions' && (cell.action === '*' ? keep?.action !== '*' : at(n) % 3 === 0));
  const rows = cells.flatMap((cell, n): Partial<ConnectorRow>[] => {
    if (dropped(cell, n)) return [];
    const names = namesOf(entryOf(cell.entry));
    const actions = actionsOf(cell);
    const cased = (text: string, how: number) =>
      how % 3 === 0 ? text : how % 3 === 1 ? text.toUpperCase() : text.toLowerCase();
    const row = {
      connector: cased(names[at(n) % names.length] ?? cell.connector, at(n + 7)),
      action: cased(actions[at(n + 3) % actions.length] ?? cell.action, at(n + 11)),
      state: cell.state as Permission | null,
      enabled: at(n + 5) % 2 === 0 ? true : null,
    };
    const blank = empty && cell !== keep && cell.action !== '*' && at(n + 13) % 4 === 0;
    return doubled && at(n) % 5 === 0 ? [row, row] : [blank ? { ...row, state: null } : row];
  });
  return rows
    .map((row, n) => ({ row, by: (at(n * 3) * 31 + n * 17) % 101 }))
    .sort((a, b) => a.by - b.by)
    .map(({ row }) => row);
}

/** The charter names an action by a name of its own, since "read" means all reading actions. */
const spelt = (cell: Cell): string => actionsOf(cell)[0] ?? cell.action;

const charterOf = (cells: readonly Cell[]) => ({
  version: 1,
  connectors: [...new Set(cells.map(({ connector }) => connector))].map((name) => ({
    name,
    kind: 'custom',
    isAms: false,
    actions: Object.fromEntries(
      cells.filter(({ connector }) => connector === name).map((cell) => [spelt(cell), cell.state]),
    ),
  })),
});

interface Extra {
  readonly plan?: 'team' | 'enterprise';
  readonly activities?: readonly Partial<ActivityRow>[];
  readonly day?: string;
}

const drift = (cells: readonly Cell[], rows: readonly object[], { plan, activities, day }: Extra = {}) =>
  driftFrom(
    new EvaluationState(
      given({
        catalogue,
        profile: { claudePlan: plan ?? 'team' },
        charter: charterOf(cells),
        readings: {
          connectors: [reading('connectors', rows, { observedOn: day ?? TODAY })],
          ...(activities === undefined
            ? {}
            : {
                activities: [
                  reading('activities', activities, { covers: { from: '2026-11-01', to: TODAY } }),
                ],
              }),
        },
      }),
    ),
  );
const found = (made: ReturnType<typeof drift>) => made.deviations.map(({ key, words }) => `${key}: ${words}`);

it('finds no drift of a state from itself, under any order, name, capitals, export or part', () => {
  fc.assert(
    fc.property(state, way, (cells, how) => {
      const rows = rowsOf(cells, how);
      fc.pre(rows.length > 0);
      expect(found(drift(cells, rows))).toEqual([]);
    }),
    { numRuns: cases(80) },
  );
});

it('finds the one action that was changed, and how urgent that is, in each of these forms', () => {
  fc.assert(
    fc.property(state, way, fc.nat(), fc.nat(), (cells, how, which, to) => {
      const chosen = cells[which % cells.length];
      if (chosen === undefined) return;
      const effect =
        chosen.action === '*'
          ? 'unknown'
          : (entryOf(chosen.entry)?.actions.find(({ id }) => id === chosen.action)?.effect ?? 'unknown');
      const others = STATES.filter((one) => one !== chosen.state);
      const after = others[to % others.length] ?? 'ask';
      const changed: Cell = { ...chosen, state: after };
      const rows = rowsOf(
        cells.map((cell) => (cell === chosen ? changed : cell)),
        { ...how, empty: false },
        changed,
      );
      // An action without its own line has the state of the `*` line, so it cannot change separately.
      fc.pre(chosen.action !== '*' || how.partial === 'whole' || how.partial === 'connectors');
      const { deviations } = drift(cells, rows);
      const wider = STATES.indexOf(after) < STATES.indexOf(chosen.state);
      const closed =
        !wider &&
        after === 'ask' &&
        entryOf(chosen.entry)?.actions.some(
          (one) => one.id === chosen.action && one.alwaysAllowOffered === false,
        );
      expect(deviations.map(({ direction, urgency }) => ({ direction, urgency }))).toEqual(
        closed === true
          ? []
          : [
              wider
                ? { direction: 'wider', urgency: effect === 'read' ? 'soon' : 'urgent' }
                : { direction: 'narrower', urgency: 'information' },
            ],
      );
      if (chosen.entry !== null && closed !== true)
        expect(deviations[0]?.key).toBe(`${chosen.entry}/${chosen.action}`.toLowerCase());
    }),
    { numRuns: cases(80) },
  );
});

it('replays events onto an earlier table: what was set back is no drift, the last has its event', () => {
  fc.assert(
    fc.property(state, way, fc.nat(), (cells, how, which) => {
      const known = cells.filter(({ action }) => action !== '*');
      const chosen = known[which % known.length];
      if (chosen === undefined) return;
      const event = (n: number, to: Permission): Partial<ActivityRow> => ({
        id: `activity_${n}`,
        at: `2026-11-2${n}T09:00:00.000Z`,
        type: 'mcp_tool_policy_updated',
        actorEmail: 'ruth@alder.example.org',
        detail: { mcp_server_name: chosen.connector, tool_name: spelt(chosen), max_permission: to },
      });
      const other = STATES.find((one) => one !== chosen.state) ?? 'ask';
      const rows = rowsOf(cells, { ...how, partial: 'whole', empty: false });
      const extra = { plan: 'enterprise', day: '2026-11-20' } as const;
      const back = [event(3, chosen.state), event(1, other), event(2, 'ask')];
      expect(found(drift(cells, rows, { ...extra, activities: back }))).toEqual([]);
      const [only, ...more] = drift(cells, rows, { ...extra, activities: [event(1, other)] }).deviations;
      expect(more).toEqual([]);
      if (only !== undefined)
        expect(only.cause).toMatchObject({
          known: true,
          who: 'ruth@alder.example.org',
          event: event(1, other).type,
        });
    }),
    { numRuns: cases(40) },
  );
});
// Guide: G1.1-02 G1.1-03 G2.2-17 G3.4-02 G7.1-01 GA-07

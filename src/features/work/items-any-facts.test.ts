import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TASK_STATES } from '#domain/journeys/status.ts';
import { addDays } from '#domain/model/day.ts';
import { STATES } from '#domain/model/verdict.ts';
import { questionText } from '#domain/text/message.ts';
import type { WorkFacts } from '#domain/work/facts.ts';
import { workItems } from '#domain/work/items.ts';
import { bring, catalogue, mara, TODAY } from './testing/facts.ts';

const day = fc.integer({ min: -60, max: 120 }).map((days) => addDays(TODAY, days));
const controls = catalogue.controls.map(({ id }) => id);
const anyVerdicts = fc.uniqueArray(
  fc
    .record({
      control: fc.constantFrom(...controls),
      state: fc.constantFrom(...STATES),
      reason: fc.constant('Because.'),
      asks: fc.constantFrom([], bring('members'), bring('roster')),
      due: fc.option(day),
      exception: fc.option(
        fc.record({
          reason: fc.constant('Handover'),
          owner: fc.constant('Dana'),
          until: day,
          covers: fc.constant(1),
        }),
      ),
      goodUntil: fc.option(day),
      rule: fc.constant('seats-are-staff'),
      readings: fc.subarray(['members', 'roster', 'usage']),
    })
    .map((one) => ({ ...one, question: questionText(one.asks, 'file') })),
  { selector: ({ control }) => control, maxLength: 30 },
);
const anyFacts: fc.Arbitrary<WorkFacts> = fc.record({
  alerts: fc.constant([]),
  catalogue: fc.constant(catalogue),
  verdicts: anyVerdicts,
  exceptions: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      control: fc.constantFrom(...controls),
      reason: fc.constant('Handover'),
      until: day,
      requestedBy: fc.constant('u'),
      requestedByName: fc.constant('Tess'),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  overrides: fc.constant([]),
  detections: fc.constant([]),
  settings: fc.constant([]),
  charters: fc.constant([]),
  claims: fc.nat(3),
  requests: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      connector: fc.constantFrom('asana', 'notion'),
      name: fc.constant('Asana'),
      purpose: fc.constant('Plans'),
      until: fc.option(day),
      deferredUntil: fc.option(day),
      approvals: fc.constant(0),
      askedBy: fc.constant('u'),
      askedByName: fc.constant('Tess'),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  restores: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      departure: fc.constantFrom('asana', 'setting/role/jane@example.org'),
      label: fc.constant('Asana'),
      reason: fc.constant('No one approved it.'),
      owner: fc.constant(null),
      due: fc.option(day),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  changes: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      target: fc.constantFrom('conditional_access', 'claude_app'),
      ofLeaver: fc.boolean(),
      title: fc.constant('Leave out: Soren'),
      reason: fc.constant('The phone is broken'),
      until: fc.option(day),
      plannedBy: fc.constant('u'),
      plannedByName: fc.constant('Tess'),
    }),
    { selector: ({ id }) => id, maxLength: 3 },
  ),
  statements: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      control: fc.constantFrom(...controls),
      by: fc.constant('Dana'),
      seen: day,
      expires: fc.option(day),
    }),
    { selector: ({ control }) => control, maxLength: 6 },
  ),
  tasks: fc.uniqueArray(
    fc.record({
      task: fc.constantFrom('a', 'b', 'c'),
      number: fc.constant(1),
      title: fc.constant('A'),
      state: fc.constantFrom(...TASK_STATES),
      owner: fc.option(fc.constant(mara)),
      due: fc.option(day),
    }),
    { selector: ({ task }) => task },
  ),
  assigned: fc.uniqueArray(
    fc.record({
      control: fc.constantFrom(...controls),
      owner: fc.option(fc.constantFrom(mara, { user: 'u', name: 'Tess', mail: null })),
      due: fc.option(day),
    }),
    { selector: ({ control }) => control },
  ),
  flags: fc.constant([]),
  journeys: fc.constant([]),
  holders: fc.constant(new Map()),
  incidents: fc.constant([]),
  staffReports: fc.constant([]),
  usageFiles: fc.constant([]),
  usage: fc.option(
    fc.record({
      covered: fc.array(
        fc.tuple(day, day).map((days) => {
          const [from = '', to = ''] = days.toSorted();
          return { from, to };
        }),
        { minLength: 1, maxLength: 3 },
      ),
      keepsDays: fc.constant(90),
    }),
  ),
  rhythms: fc.uniqueArray(
    fc.record({
      task: fc.constantFrom(...catalogue.cadence.tasks.map(({ id }) => id)),
      active: fc.boolean(),
      months: fc.option(fc.integer({ min: 1, max: 24 })),
      owner: fc.option(fc.constant(mara)),
      due: fc.option(day),
      last: fc.constant(null),
    }),
    { selector: ({ task }) => task },
  ),
  journal: fc.record({ nextReview: fc.option(day), lastReview: fc.option(day) }),
  reports: fc.constant([]),
  imports: fc.constant([]),
  sources: fc.constant([]),
  sinks: fc.constant([]),
});

describe('whatever the facts', () => {
  it('the same facts in another order give the same list', () => {
    fc.assert(
      fc.property(anyFacts, fc.infiniteStream(fc.nat()), (facts, numbers) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => ({ one, at: numbers.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const other = {
          ...facts,
          verdicts: shuffled(facts.verdicts),
          exceptions: shuffled(facts.exceptions),
          statements: shuffled(facts.statements),
          tasks: shuffled(facts.tasks),
          assigned: shuffled(facts.assigned),
          rhythms: shuffled(facts.rhythms),
        };
        expect(workItems(other, TODAY)).toEqual(workItems(facts, TODAY));
      }),
    );
  });

  it('a day that passes makes work more urgent and drops no work with a date of its own', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const keys = (today: string) =>
          new Set(
            workItems(facts, today)
              .filter(({ kind }) => kind !== 'attestation_ends' && kind !== 'request_ends')
              .map(({ key }) => key),
          );
        // Something may come: where a statement has run out, the reading that it stood in for is to be brought.
        expect([...keys(TODAY).difference(keys(addDays(TODAY, 1)))]).toEqual([]);
        for (const item of workItems(facts, TODAY)) {
          if (item.when !== 'overdue') continue;
          expect(item.due !== null && item.due < TODAY).toBe(true);
        }
      }),
    );
  });

  it('no two pieces of work have the same key', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const keys = workItems(facts, TODAY).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

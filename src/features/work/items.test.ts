import { describe, expect, it } from 'vitest';
import { TASK_STATES } from '#domain/journeys/status.ts';
import { addDays } from '#domain/model/day.ts';
import type { WorkFacts } from '#domain/work/facts.ts';
import { SOON_DAYS, workItems } from '#domain/work/items.ts';
import { bring, catalogue, mara, none, TODAY, verdict } from './testing/facts.ts';

describe('what is due', () => {
  it('is nothing where nothing is', () => {
    expect(workItems(none, TODAY)).toEqual([]);
  });

  it('belongs to the person who holds the guide’s audience, if no one else is named', () => {
    const step = (id: string, who: string, owner: typeof mara | null) => ({
      id,
      title: id,
      action: id,
      who,
      due: addDays(TODAY, Number(id)),
      contradicted: false,
      words: id,
      owner,
    });
    const journey = {
      id: 'a',
      kind: 'leaving' as const,
      name: 'Tobin',
      steps: [step('1', 'IT admin', null), step('2', 'HR', null), step('3', 'IT admin', mara)],
    };
    const tess = { user: 'tess', name: 'Tess', mail: null };
    const items = workItems({ ...none, journeys: [journey], holders: new Map([['it_admin', tess]]) }, TODAY);
    expect(items.map(({ title, owner }) => [title, owner?.name ?? null])).toEqual([
      ['1', 'Tess'],
      ['2', null],
      ['3', 'Mara'],
    ]);
  });

  it('counts the last day as not yet overdue, and two weeks as soon', () => {
    const task = (due: string) => ({
      ...none,
      tasks: [{ task: 'a', number: 1, title: 'A', state: 'fails' as const, owner: mara, due }],
    });
    const when = (due: string) => workItems(task(due), TODAY)[0]?.when;
    expect(when(addDays(TODAY, -1))).toBe('overdue');
    expect(when(TODAY)).toBe('soon');
    expect(when(addDays(TODAY, SOON_DAYS))).toBe('soon');
    expect(when(addDays(TODAY, SOON_DAYS + 1))).toBe('later');
  });

  it('lists the steps of an open incident with whoever has them, late ones first, and its closing at the end', () => {
    const step = (id: string, more: object = {}) => ({
      id,
      title: `Do ${id}`,
      role: 'security',
      owner: null,
      due: TODAY,
      late: false,
      unproved: false,
      ...more,
    });
    const incident = {
      id: 'i',
      code: 'INC-0001',
      title: 'Mass export',
      drill: false,
      lead: mara,
      steps: [],
      waiting: 0,
    };
    const tess = { user: 'tess', name: 'Tess', mail: null };
    const items = workItems(
      {
        ...none,
        incidents: [{ ...incident, waiting: 1, steps: [step('b'), step('a', { late: true, owner: tess })] }],
      },
      TODAY,
    );
    expect(items.map(({ title, when, owner }) => [title, when, owner?.name])).toEqual([
      ['INC-0001: Do a', 'overdue', 'Tess'],
      ['INC-0001: Do b', 'soon', 'Mara'],
    ]);
    expect(items[0]?.why).toBe('Mass export: 3 steps are still open.');
    expect(workItems({ ...none, incidents: [incident] }, TODAY)).toMatchObject([
      { title: 'Close INC-0001', when: 'waiting', owner: mara },
    ]);
  });

  it('lists a reading once, by the day on which the first control on it decays', () => {
    const items = workItems(
      {
        ...none,
        verdicts: [
          verdict('CLA-ACC-07', { goodUntil: '2026-12-10', readings: ['roster', 'members'] }),
          verdict('CLA-ACC-08', { goodUntil: '2026-12-03', readings: ['members', 'roster'] }),
          verdict('CLA-ACC-09', { goodUntil: '2027-03-01', readings: ['members'] }),
        ],
      },
      TODAY,
    );
    expect(items.map(({ key, due, when }) => [key, due, when])).toEqual([
      ['reading_ends:members+roster', '2026-12-03', 'soon'],
      ['reading_ends:members', '2027-03-01', 'later'],
    ]);
    expect(items[0]).toMatchObject({
      title: 'Import the newest members file and staff roster',
      why: '2 controls are based on them: ACC-07 and ACC-08. Valid until Dec 3, 2026.',
    });
  });

  it('invents no date: what waits and what fails has none, and says so', () => {
    const items = workItems(
      {
        ...none,
        verdicts: [verdict('CLA-ACC-07', { state: 'fail', reason: '3 have left.' })],
        exceptions: [
          {
            id: 'e',
            control: 'CLA-ACC-07',
            reason: 'Handover',
            until: '2026-12-01',
            requestedBy: 'u',
            requestedByName: 'Tess',
          },
        ],
      },
      TODAY,
    );
    expect(items.map(({ kind, due, when }) => [kind, due, when])).toEqual([
      ['exception_waits', null, 'waiting'],
      ['finding', null, 'undated'],
    ]);
  });

  it('names the days of use that no report covers, until the vendor no longer gives the first of them', () => {
    const of = (...covered: { from: string; to: string }[]) =>
      workItems({ ...none, usage: { covered, keepsDays: 90 } }, TODAY);
    const back = (days: number) => addDays(TODAY, -days);
    expect(of({ from: back(60), to: back(1) })).toEqual([]);
    // Two reports that overlap, a gap of ten days, and one up to yesterday.
    const [gap, ...others] = of(
      { from: back(80), to: back(50) },
      { from: back(60), to: back(41) },
      { from: back(30), to: back(1) },
    );
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ key: 'usage_window', due: addDays(back(40), 90), role: 'it_admin' });
    expect(gap?.why).toBe('No imported report covers 10 days. Claude exports 90 days at most.');
    const [late] = of({ from: back(200), to: back(120) });
    expect(late?.due).toBe(TODAY);
    expect(late?.why).toContain('No imported report covers 90 days.');
    expect(late?.why).toContain('29 earlier days can no longer be exported.');
  });

  it('lists imports that were not finished in one line, and leads to the one where there is only one', () => {
    const drafts = [
      { id: 'first', files: 2, begun: '2026-11-01' },
      { id: 'second', files: 1, begun: '2026-11-03' },
    ];
    const [one, ...others] = workItems({ ...none, imports: drafts }, TODAY);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ title: '2 imports are not finished', subject: null });
    expect(one?.why).toBe(
      '3 files, the latest started on Nov 3, 2026 and not stored. They have no effect yet.',
    );
    expect(workItems({ ...none, imports: drafts.slice(0, 1) }, TODAY)).toMatchObject([
      { title: 'An import is not finished', subject: 'first' },
    ]);
  });

  it('names all open alerts in one line, due when the first of them is, with the owner of the monthly look', () => {
    const { cadence } = catalogue;
    const facts: WorkFacts = {
      ...none,
      catalogue: { ...none.catalogue, cadence: { ...cadence, tasks: [] } },
      rhythms: [
        { task: 'monthly_look', active: true, months: null, owner: mara, due: '2027-01-01', last: null },
      ],
      alerts: [
        { level: 'critical', groups: 1, alerts: 1, raised: '2026-11-24' },
        { level: 'high', groups: 2, alerts: 9, raised: '2026-11-20' },
        { level: 'low', groups: 1, alerts: 1, raised: '2026-10-01' },
      ],
    };
    const items = workItems(facts, TODAY).filter(({ kind }) => kind === 'alert');
    expect(items).toMatchObject([
      {
        key: 'alerts',
        title: 'Look into the open alerts: 1 critical, 2 high and 1 low',
        why: '11 alerts in 4 groups are open until someone settles them.',
        due: '2026-11-23',
        when: 'overdue',
        owner: { name: 'Mara' },
      },
    ]);
    // What has no day waits.
    const quiet = workItems({ ...facts, alerts: facts.alerts.slice(2) }, TODAY);
    expect(quiet.filter(({ kind }) => kind === 'alert')).toMatchObject([{ due: null, when: 'waiting' }]);
  });

  it('drops a proved task, whoever owns it', () => {
    const states = TASK_STATES.filter(
      (state) =>
        workItems(
          { ...none, tasks: [{ task: 'a', number: 1, title: 'A', state, owner: mara, due: TODAY }] },
          TODAY,
        ).length === 0,
    );
    expect(states).toEqual(['proved', 'not_needed']);
  });

  it('asks once that recurring tasks be scheduled, and no more for what was decided', () => {
    const { cadence } = catalogue;
    const periodic = cadence.tasks.filter((task) => 'months' in task.every);
    const facts = { ...none, catalogue: { ...none.catalogue, cadence } };
    const asked = workItems(facts, TODAY);
    expect(asked.map(({ title }) => title)).toEqual([`Schedule ${periodic.length} recurring tasks`]);
    // HR and auditors see it, too, and cannot do it.
    expect(asked[0]?.why).toMatch(/ An Owner, a technician or a client admin schedules them\.$/);
    const off = cadence.tasks.map(({ id }) => ({
      task: id,
      active: false,
      months: null,
      owner: null,
      due: null,
      last: null,
    }));
    expect(workItems({ ...facts, rhythms: off }, TODAY)).toEqual([]);
    const dated = off.map((one) => ({ ...one, active: true, due: TODAY }));
    expect(workItems({ ...facts, rhythms: dated }, TODAY)).toHaveLength(cadence.tasks.length);
    // What comes with an event is due only while it has a day.
    const undated = off.map((one) => ({ ...one, active: true }));
    expect(workItems({ ...facts, rhythms: undated }, TODAY).map(({ when }) => when)).toEqual(
      periodic.map(() => 'waiting'),
    );
  });

  it('takes the day of the review from the journal only where it is not kept here', () => {
    const journal = { nextReview: '2026-11-20', lastReview: null };
    const found = (facts: Partial<WorkFacts>) =>
      workItems({ ...none, journal, ...facts }, TODAY).filter(({ kind }) => kind === 'review');
    expect(found({})[0]).toMatchObject({ due: '2026-11-20', when: 'overdue', control: 'CLA-OPS-07' });
    expect(found({ journal: { ...journal, lastReview: '2026-11-21' } })).toEqual([]);
    const kept = { active: true, months: null, owner: mara, due: '2027-01-05', last: null };
    expect(found({ rhythms: [{ task: 'quarterly_review', ...kept }] })).toEqual([]);
  });

  it('calls nothing work that Bylaw does by itself', () => {
    const reports = [{ id: 'r', cadence: 'monthly' as const, nextOn: '2026-11-01', recipients: 2 }];
    expect(workItems({ ...none, reports }, TODAY)[0]?.when).toBe('itself');
  });
});

describe('controls that were assigned', () => {
  const tess = { user: 'u', name: 'Tess', mail: null };

  it('are a piece of work with owner and day while they fail, and none once they pass', () => {
    const given = { control: 'CLA-ACC-07', owner: tess, due: '2026-11-20' };
    const items = (state: 'fail' | 'pass') =>
      workItems({ ...none, verdicts: [verdict('CLA-ACC-07', { state })], assigned: [given] }, TODAY);
    expect(items('fail')).toMatchObject([
      { kind: 'finding', control: 'CLA-ACC-07', owner: tess, due: '2026-11-20', when: 'overdue' },
    ]);
    expect(items('pass')).toEqual([]);
  });

  it('keep the earlier day where a rule gives one as well', () => {
    const due = (own: string) =>
      workItems(
        {
          ...none,
          verdicts: [verdict('CLA-ACC-07', { state: 'pending', due: '2026-12-10' })],
          assigned: [{ control: 'CLA-ACC-07', owner: tess, due: own }],
        },
        TODAY,
      )[0]?.due;
    expect([due('2026-12-01'), due('2026-12-24')]).toEqual(['2026-12-01', '2026-12-10']);
  });

  it('that one file decides are a piece of work for each person who has one of them', () => {
    const unread = (control: string) => verdict(control, { state: 'cannot_read', asks: bring('members') });
    const verdicts = ['CLA-ACC-07', 'CLA-ACC-08', 'CLA-ACC-09'].map(unread);
    const owners = (assigned: WorkFacts['assigned']) =>
      workItems({ ...none, verdicts, assigned }, TODAY).map((item) => [item.owner?.name ?? null, item.due]);
    expect(owners([])).toEqual([[null, null]]);
    expect(owners([{ control: 'CLA-ACC-08', owner: tess, due: TODAY }])).toEqual([['Tess', TODAY]]);
    expect(
      owners([
        { control: 'CLA-ACC-07', owner: tess, due: '2026-12-01' },
        { control: 'CLA-ACC-08', owner: mara, due: '2026-12-02' },
        { control: 'CLA-ACC-09', owner: tess, due: '2026-11-28' },
      ]),
    ).toEqual([
      ['Tess', '2026-11-28'],
      ['Mara', '2026-12-02'],
    ]);
  });
});

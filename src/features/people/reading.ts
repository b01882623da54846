import type { EvaluationState } from '#domain/decide/context.ts';
import type { State } from '#domain/model/verdict.ts';
import { isIn } from '#domain/people/places.ts';
import { staffOf } from '#domain/people/staff-count.ts';
import { PEOPLE_DAYS, readPeople } from '#domain/rules/accounts/people-files.ts';
import { type PackedBytes, pack } from '#store/packed.ts';
import { evidenceOf, type PersonEvidence } from './evidence.ts';
import { type Judged, judge } from './judged.ts';
import { type AccountsReading, personalAccounts } from './personal-accounts.ts';
import { notCompared, type PersonRow, rowsOf } from './rows.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    people: typeof peopleReading;
    peopleKept: typeof peopleKept;
  }
}

export interface Gap {
  readonly why: string;
  readonly howToGet: string;
  readonly missing: readonly ('members' | 'roster' | 'domain_memberships')[];
}

export interface PeopleReading {
  readonly today: string;
  /** Why people cannot be compared; members are then at most listed, and no one counts as in order. */
  readonly blocked: Gap | null;
  readonly personalBlocked: Gap | null;
  readonly seats: number | null;
  readonly staff: number | null;
  readonly files: readonly PersonEvidence[];
  readonly rows: readonly PersonRow[];
  readonly controls: readonly {
    readonly control: string;
    readonly title: string;
    readonly severity: Judged['control']['severity'];
    readonly state: State;
    readonly reason: string;
    readonly items: number;
  }[];
}

/** The controls with findings about people, by rule. */
export interface PeopleControls {
  readonly staff: Judged | null;
  readonly shared: Judged | null;
  readonly guests: Judged | null;
  readonly one: Judged | null;
  readonly closed: Judged | null;
  readonly contacted: Judged | null;
}

/**
 * Everyone in a client's Claude organization and on its roster, each in one category with the reason, and with their
 * state according to the controls. These are evaluated from the same facts, so that lists and verdicts agree.
 */
export function peopleReading({ shared }: { readonly shared: EvaluationState }): PeopleReading {
  const controls: PeopleControls = {
    staff: judge(shared, 'seats-are-staff'),
    shared: judge(shared, 'no-shared-seats'),
    guests: judge(shared, 'guests-by-decision'),
    one: judge(shared, 'seats-are-people'),
    closed: judge(shared, 'personal-accounts-closed'),
    contacted: judge(shared, 'personal-accounts-contacted'),
  };
  const accounts: AccountsReading = personalAccounts(shared, controls);
  const compared = compare(shared, controls);
  return {
    today: shared.input.today,
    ...compared,
    personalBlocked: accounts.blocked,
    rows: [...compared.rows, ...accounts.rows],
    files: [...compared.files, ...accounts.files],
    controls: Object.values(controls).flatMap((judged: Judged | null) =>
      judged === null
        ? []
        : [
            {
              control: judged.control.id,
              title: judged.control.title,
              severity: judged.control.severity,
              state: judged.verdict.state,
              reason: judged.verdict.reason,
              items: judged.verdict.items.length,
            },
          ],
    ),
  };
}

/** The same in the form in which it is cached, with the number that every page shows. */
export function peopleKept(input: { readonly shared: EvaluationState }): {
  readonly differences: number;
  readonly reading: PackedBytes<PeopleReading>;
} {
  const reading = peopleReading(input);
  return {
    differences: reading.rows.filter((row) => isIn('differences', row)).length,
    reading: pack(reading),
  };
}

function compare(
  shared: EvaluationState,
  controls: PeopleControls,
): Pick<PeopleReading, 'blocked' | 'seats' | 'staff' | 'files' | 'rows'> {
  const context = controls.staff?.context ?? controls.one?.context;
  const members = shared.read('members', PEOPLE_DAYS);
  const roster = shared.read('roster', PEOPLE_DAYS);
  const files = shared.people().restsOn.map((one) => evidenceOf(shared, one));
  const nobody = { seats: null, staff: staffOf(shared), rows: [] as const, files };
  const missing = [
    ...(members.ok ? [] : (['members'] as const)),
    ...(roster.ok ? [] : (['roster'] as const)),
  ];
  if (!members.ok || !roster.ok || context === undefined) {
    const first = !members.ok ? members : !roster.ok ? roster : null;
    const both = !members.ok && !roster.ok;
    return {
      ...nobody,
      ...(members.ok ? { rows: notCompared(shared, members) } : {}),
      blocked: {
        why: both
          ? `${members.why} ${roster.why}`
          : (first?.why ?? 'The catalogue has no control that compares people.'),
        howToGet: both ? `${members.howToGet.text} ${roster.howToGet.text}` : (first?.howToGet.text ?? ''),
        missing,
      },
    };
  }
  const read = readPeople(context);
  if (!read.ok)
    return {
      ...nobody,
      blocked: {
        why: read.outcome.reason,
        howToGet: read.outcome.ask?.text ?? '',
        missing: ['members', 'roster'],
      },
    };
  return {
    blocked: null,
    seats: read.seats,
    staff: staffOf(shared),
    files,
    rows: rowsOf(shared, controls, {
      context,
      people: read.people,
      members,
      roster,
      membersOn: read.membersOn,
    }),
  };
}

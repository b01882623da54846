import { addDays } from '#domain/model/day.ts';
import type { RosterRow } from '#domain/model/kinds.ts';
import { whoHasLeft } from '#domain/people/departed.ts';
import { address } from '#domain/people/names.ts';
import { staffOn } from '#domain/people/staff.ts';
import { PEOPLE_DAYS } from '#domain/rules/accounts/people-files.ts';
import { peopleWhoAcknowledge } from '#domain/rules/policy/acknowledgements.ts';
import { isAboutStaff, NOTICE_SOURCES } from '#domain/rules/policy/notice-covers.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    policyPeople: typeof policyPeople;
  }
}

/** Whom the policy applies to according to the client's facts. */
export interface PolicyPeople {
  /** Who has to acknowledge it, as the control evaluates it; null: cannot be read, for the reason in `why`. */
  readonly people:
    | readonly {
        readonly key: string;
        readonly name: string;
        readonly addresses: readonly string[];
        /** They have left according to the roster or an offboarding, but still have a seat. */
        readonly left: boolean;
      }[]
    | null;
  readonly why: string | null;
  readonly membersOn: string | null;
  /** Addresses of the roster: staff who may read and acknowledge the policy before they have a seat. */
  readonly staff: readonly string[];
  /** Staff on the roster without Claude, each with one address; null: members or roster cannot be read. */
  readonly withoutSeat: readonly { readonly name: string; readonly address: string }[] | null;
  /** Target share in the charter in force; null: it has none. */
  readonly target: number | null;
  /** What the charter in force states about the policy; null: nothing. */
  readonly stated: {
    readonly version: string;
    readonly published: string;
    readonly clauses: readonly string[];
    readonly contact: string | null;
    readonly noticeCovers: readonly string[];
  } | null;
  /** Ids of the sources about staff that were read in the last year. */
  readonly collected: readonly string[];
}

const NOTICE_DAYS = 365;

/**
 * Staff on the roster none of whose addresses has Claude. Those without an address cannot be mailed, so they are
 * omitted.
 */
function staffWithout(
  rows: readonly RosterRow[],
  holders: readonly { readonly key: string; readonly addresses: ReadonlySet<string> }[],
  gone: ReadonlySet<string>,
  today: string,
): readonly { readonly name: string; readonly address: string }[] {
  const taken = new Set(holders.flatMap(({ key, addresses }) => [key, ...addresses].map(address)));
  const isStaff = staffOn(rows, today);
  const found = new Map<string, { name: string; address: string }>();
  for (const row of rows) {
    const own = row.emails.map(address);
    const [first] = own;
    if (first === undefined || isStaff(row) === false || own.some((one) => taken.has(one) || gone.has(one)))
      continue;
    if (!own.some((one) => found.has(one))) found.set(first, { name: row.name ?? first, address: first });
  }
  return [...found.values()];
}

/** The same people that the control on acknowledgements compares. Runs in the thread for decisions. */
export function policyPeople({ shared, moment }: TaskInput): PolicyPeople {
  const members = shared.read('members', PEOPLE_DAYS);
  const roster = shared.read('roster', PEOPLE_DAYS);
  const gone = new Set(
    whoHasLeft({ charter: shared.charter, journal: shared.journal, today: moment.today }, roster).flatMap(
      ({ addresses }) => [...addresses],
    ),
  );
  const policy = shared.charter.ok ? shared.charter.value.policy : undefined;
  const since = addDays(moment.today, -NOTICE_DAYS);
  const collected = NOTICE_SOURCES.filter(({ id, kinds }) => {
    const charter = shared.charter.ok ? shared.charter.value : {};
    if (id === 'telemetry' && charter.telemetry !== undefined) return true;
    if (id === 'content' && charter.contentKept !== undefined)
      return addDays(charter.contentKept.until, charter.contentKept.days) >= moment.today;
    return kinds.some((kind) =>
      (shared.input.readings[kind] ?? []).some(
        (reading) =>
          reading.observedOn >= since && reading.observedOn <= moment.today && isAboutStaff(reading),
      ),
    );
  }).map(({ id }) => id);
  const holders = members.ok ? peopleWhoAcknowledge({ people: () => shared.people() }, members) : [];
  return {
    people: members.ok
      ? holders.map(({ key, name, addresses }) => ({
          key,
          name,
          addresses: [...addresses],
          left: [key, ...addresses].some((one) => gone.has(address(one))),
        }))
      : null,
    why: members.ok ? null : `${members.why} ${members.howToGet.text}`.trim(),
    membersOn: members.ok ? members.observedOn : null,
    staff: roster.ok ? roster.rows.flatMap(({ emails }) => emails) : [],
    withoutSeat: members.ok && roster.ok ? staffWithout(roster.rows, holders, gone, moment.today) : null,
    target: policy?.targetShare ?? null,
    stated:
      policy === undefined
        ? null
        : {
            version: policy.version,
            published: policy.published,
            clauses: policy.clauses ?? [],
            contact: policy.contact ?? null,
            noticeCovers: policy.noticeCovers ?? [],
          },
    collected,
  };
}

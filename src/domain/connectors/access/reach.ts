import type { DataClass } from '../../model/catalogue.ts';
import { KINDS, type Kind } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { count } from '../../text/words.ts';
import type { Access } from './access.ts';
import { type Gate, gate } from './gate.ts';
import type { System } from './systems.ts';
import { resultOf } from './words.ts';

/** Seat holders by whether they have linked a system. */
export interface Links {
  readonly linked: readonly string[];
  readonly not: number;
  readonly unknown: number;
  /** A sentence about those counted as unknown, with how to resolve it; null: there are none. */
  readonly why: {
    /** The person the words are about, if they differ from person to person. */
    readonly name: string | null;
    readonly words: string;
    readonly howTo: string | null;
  } | null;
}

/** What Claude can reach in one system across the organization. */
export interface SystemReach {
  readonly id: string;
  readonly name: string;
  readonly dataClasses: readonly DataClass[] | null;
  readonly charter: string | null;
  readonly enabled: Gate;
  readonly rights: Gate;
  readonly prerequisite: System['prerequisite'];
  /** null: the members file was not read, so no link can be looked up. */
  readonly links: Links | null;
  /** Actions set this way in Claude, regardless of who linked the system. */
  readonly set: { readonly allow: readonly string[]; readonly ask: readonly string[] };
  /** Actions that Claude reaches for someone: set this way, and certainly linked by someone. */
  readonly reaches: { readonly allow: readonly string[]; readonly ask: readonly string[] };
  /** Actions that Claude reaches for no one. */
  readonly cannot: readonly string[];
  /** Why all of it is out of reach; null: some of it may be reachable. */
  readonly closed: Gate | null;
  /** Actions that the organization lets through, but it is unknown whether anyone linked the system. */
  readonly waits: { readonly allow: readonly string[]; readonly ask: readonly string[] };
  /** Actions whose setting is unknown. */
  readonly unknown: readonly string[];
  /** No file lists its actions. */
  readonly unlisted: boolean;
}

export interface AsOf {
  readonly kind: Kind;
  readonly label: string;
  /** Day of the reading; null: none counts, and `why` explains it. */
  readonly on: string | null;
  readonly why: string | null;
  readonly howTo: string | null;
}

export interface Reach {
  readonly systems: readonly SystemReach[];
  readonly off: Access['off'];
  /** Number of seat holders; null: not read. */
  readonly seats: number | null;
  readonly asOf: readonly AsOf[];
}

/** What Claude can reach in an organization, derived from what it can reach for each seat holder. */
export function reachOf(access: Access, context: CheckContext): Reach {
  const { members } = access.subjects;
  const holders = members.ok ? members.accounts.filter(({ rows }) => rows.some(holdsSeat)) : null;
  const subjects = holders?.map((one) =>
    access.subjects.of({ name: one.label, account: one.key, addresses: [], outside: false }),
  );
  return {
    systems: access.systems.map((system) => {
      const gates = subjects?.map((subject) => ({
        name: subject.name,
        gate: access.signIn(system, subject),
      }));
      return systemReach(system, gates ?? null);
    }),
    off: access.off,
    seats: holders?.length ?? null,
    asOf: daysOf(context),
  };
}

interface SignedIn {
  readonly name: string;
  readonly gate: Gate;
}

function systemReach(system: System, people: readonly SignedIn[] | null): SystemReach {
  const { connector, enabled } = system;
  const links = people === null ? null : linksOf(people);
  const reach = { allow: [] as string[], ask: [] as string[] };
  const waits = { allow: [] as string[], ask: [] as string[] };
  const lets = { allow: [] as string[], ask: [] as string[] };
  const cannot: string[] = [];
  const unknown: string[] = [];
  // Sign-in across the organization: open if anyone linked, else unknown if anyone may have, else closed.
  const signIn =
    links === null || people?.length === 0
      ? 'unknown'
      : links.linked.length > 0
        ? 'open'
        : links.unknown > 0
          ? 'unknown'
          : 'closed';
  for (const { row, state } of system.actions) {
    // If nothing is listed by name, the line for everything not listed is everything.
    const title =
      system.actions.length === 1 && row.kind === 'rest' ? 'Everything that it can do' : row.title;
    const set =
      enabled.state === 'closed' ? 'closed' : enabled.state === 'unknown' ? both(state) : state.state;
    if (set === 'open') lets.allow.push(title);
    if (set === 'asks') lets.ask.push(title);
    const result = resultOf(set, signIn);
    if (result === 'cannot') cannot.push(title);
    else if (result !== 'unknown') reach[result].push(title);
    else if (set === 'open') waits.allow.push(title);
    else if (set === 'asks') waits.ask.push(title);
    else unknown.push(title);
  }
  return {
    id: connector.id,
    name: connector.name,
    dataClasses: connector.dataClasses,
    charter: connector.charter,
    enabled,
    rights: system.rights,
    prerequisite: system.prerequisite,
    links,
    set: lets,
    reaches: reach,
    cannot,
    closed: enabled.state === 'closed' ? enabled : signIn === 'closed' ? nobody(people ?? []) : null,
    waits,
    unknown,
    unlisted: system.actions.length === 0,
  };
}

function nobody(people: readonly SignedIn[]): Gate {
  const words = new Set(people.map(({ gate: { words: one } }) => one));
  const [same] = words;
  return gate(
    'closed',
    words.size === 1 && same !== undefined && people.length > 1
      ? same
      : `No one of ${count(people.length, 'seat holder')} has linked it.`,
    people[0]?.gate.evidence ?? [],
  );
}

/** If it is unknown whether the connector is on, only actions blocked individually are certainly out of reach. */
function both(state: Gate): Gate['state'] {
  return state.state === 'closed' ? 'closed' : 'unknown';
}

function linksOf(people: readonly SignedIn[]): Links {
  const open = people.filter(({ gate }) => gate.state === 'open');
  const unsure = people.filter(({ gate }) => gate.state === 'unknown');
  const [first] = unsure;
  return {
    linked: open.map(({ name }) => name),
    not: people.length - open.length - unsure.length,
    unknown: unsure.length,
    why:
      first === undefined
        ? null
        : {
            name: unsure.every(({ gate: { words } }) => words === first.gate.words) ? null : first.name,
            words: first.gate.words,
            howTo: first.gate.howTo,
          },
  };
}

/** The readings an answer may rest on, with their days. Consents are skipped if no system needs them. */
const READ: readonly Kind[] = [
  'members',
  'connectors',
  'service_principals',
  'permission_grants',
  'app_assignments',
  'entra_groups',
  'entra_users',
];

function daysOf(context: CheckContext): readonly AsOf[] {
  const snapshots = READ.map((kind): AsOf => {
    const read = context.read(kind);
    const { label } = KINDS[kind];
    return read.ok
      ? { kind, label, on: read.observedOn, why: null, howTo: null }
      : { kind, label, on: null, why: read.why, howTo: read.howToGet.text };
  });
  if (context.profile.claudePlan !== 'enterprise') return snapshots;
  const events = context.events();
  const log: AsOf = events.ok
    ? { kind: 'audit_log', label: KINDS.audit_log.label, on: events.to, why: null, howTo: null }
    : {
        kind: 'audit_log',
        label: KINDS.audit_log.label,
        on: null,
        why: events.why,
        howTo: events.howToGet.text,
      };
  return [...snapshots, log];
}
// Guide: G3.1-00

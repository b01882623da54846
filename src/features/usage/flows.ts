import { newestCharter } from '#store/charter/versions.ts';
import { charterOf } from '../charter/index.ts';
import type { Counted } from '../people/index.ts';
import type { UsageContext } from './asking.ts';
import { connectorLines } from './connectors.ts';
import { onceReader } from './once.ts';
import { askedOf, peopleHere } from './show.ts';

type Line = ReturnType<typeof connectorLines>[number];

/** What went from people through Claude to systems in the last four whole weeks and this one, as sources report it. */
export interface Flows {
  readonly from: string;
  readonly to: string;
  /** People with a call of a connector, by the most that any of their calls did; a call of no known effect is no read. */
  readonly people: { readonly reading: number; readonly more: number };
  /** The same people by department, those of no known one last; null: no roster names any of theirs. */
  readonly departments: readonly Department[] | null;
  /** Those of the page of usage, without Claude's own tools, each with how many people called it. */
  readonly connectors: readonly (Line & { readonly id: string; readonly people: number })[];
}

/** People of a department with a call of a connector; name null: their department is not known. */
export interface Department {
  readonly name: string | null;
  readonly people: number;
  /** Of them, those with a call that did more than read. */
  readonly more: number;
  readonly systems: readonly { readonly id: string; readonly people: number }[];
}

/** null: no source reported a call of a connector in that time, which is not the same as none. */
export async function connectorFlows(context: UsageContext): Promise<Flows | null> {
  const { client, services } = context;
  const people = await peopleHere(context);
  return context.read(async (tx) => {
    const { span } = await askedOf(context, tx, '4w', people);
    const { from, to } = span;
    const once = await onceReader(tx, client.id, services.catalogue, { from });
    const charter = await newestCharter(tx, client.id);
    const calls = await once.counts('connector_day', { from, to }, [
      'source',
      'connector',
      'effect',
      'outcome',
    ]);
    const callers = await once.counts('person_connector_week', { from, to }, [
      'person',
      'connector',
      'effect',
    ]);
    const lines = connectorLines(calls, services.catalogue, charter === null ? null : charterOf(charter));
    const connectors = lines.flatMap((line) => (line.id === null ? [] : [{ ...line, id: line.id }]));
    if (connectors.length === 0) return null;
    const named = callers.filter(({ person, connector }) => person !== null && connector !== null);
    const keyOf = (person: string | null) => people.of(person ?? '').key;
    const all = new Set(named.map(({ person }) => keyOf(person)));
    const more = new Set(named.filter(({ effect }) => effect !== 'read').map(({ person }) => keyOf(person)));
    return {
      from,
      to,
      people: { reading: all.size - more.size, more: more.size },
      departments: departmentsOf(
        named.map(({ person, connector }) => ({ ...people.of(person ?? ''), connector: connector ?? '' })),
        more,
      ),
      connectors: connectors.map((line) => ({
        ...line,
        people: new Set(
          named.filter(({ connector }) => connector === line.id).map(({ person }) => keyOf(person)),
        ).size,
      })),
    };
  });
}

/** Calls by whom: each person of each connector, as often as they come. */
type Call = Pick<Counted, 'key' | 'department'> & { readonly connector: string };

function departmentsOf(calls: readonly Call[], more: ReadonlySet<string>): readonly Department[] | null {
  if (calls.every(({ department }) => department === null)) return null;
  const people = (some: readonly Call[]) => new Set(some.map(({ key }) => key));
  return [...Map.groupBy(calls, ({ department }) => department)]
    .map(([name, own]) => ({
      name,
      people: people(own).size,
      more: people(own).intersection(more).size,
      systems: [...Map.groupBy(own, ({ connector }) => connector)]
        .map(([id, some]) => ({ id, people: people(some).size }))
        .toSorted((a, b) => b.people - a.people || a.id.localeCompare(b.id)),
    }))
    .toSorted(
      (a, b) =>
        Number(a.name === null) - Number(b.name === null) ||
        b.people - a.people ||
        (a.name ?? '').localeCompare(b.name ?? ''),
    );
}
// Guide: G5.1-03

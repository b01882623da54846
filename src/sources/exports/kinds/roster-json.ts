import type { Content } from '../file-kind.ts';
import { isObject, type JsonObject, jsonValues, member } from './json-values.ts';
import { systemPage } from './roster-json-systems.ts';

/**
 * A staff list as an HR system's API returns it, as pages of flat objects whose keys are headings; null: none. Read are
 * BambooHR (employees/directory, custom reports), HiBob (people/search), Personio (v1 and v2), Gusto (employees),
 * Rippling, those of `roster-json-systems.ts`, and lists of objects with a key that only employers use. Shapes from the vendors' API references and
 * published clients, looked up on December 2, 2026.
 */
export function staffPages(content: Content): readonly JsonObject[] | null {
  const values: readonly unknown[] = jsonValues(content);
  const lines = peopleIn(values);
  if (lines !== null) return [{ data: lines }];
  const pages = values
    .flatMap((value): readonly unknown[] =>
      Array.isArray(value) && peopleIn(value) === null ? value : [value],
    )
    .map(pageOf);
  const read = pages.filter((page) => page !== null);
  return read.length > 0 && read.length === pages.length ? read : null;
}

function pageOf(value: unknown): JsonObject | null {
  const list = peopleIn(value);
  if (list !== null) return { data: list };
  const system = systemPage(value);
  if (system !== null) return { data: system.people.map(flat), next_page: system.next };
  if (!isObject(value)) return null;
  const { employees, data, _data, metadata, _meta } = value;
  // BambooHR describes the columns in a list beside that of the people.
  if (isList(employees)) return { ...value, fields: null, employees: null, data: employees.map(flat) };
  if (isList(data) && data.length > 0 && data.every(isPersonioEmployee))
    return {
      data: data.map(({ attributes }) => flat(isObject(attributes) ? attributes : {})),
      total_count: isObject(metadata) ? metadata.total_elements : null,
    };
  if (isList(_data) && _data.length > 0 && _data.every((person) => Array.isArray(person.employments))) {
    const links = isObject(_meta) ? _meta.links : null;
    const people = _data.map(({ status, ...person }) =>
      flat({ ...person, employment_status: status ?? null }),
    );
    return { data: people, next_page: isObject(links) ? (links.next ?? null) : null };
  }
  return null;
}

const isList = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every(isObject);

const isPersonioEmployee = ({ type, attributes }: JsonObject): boolean =>
  type === 'Employee' && isObject(attributes);

/** Keys that only lists of employers have; those of directories and learning systems have others. */
const OF_EMPLOYER =
  /^(?:hire_?date|termination_?date|last_?working_?day|employment_?status|role_?state|onboarding_?status)$/i;

function peopleIn(value: unknown): readonly JsonObject[] | null {
  if (!isList(value) || value.length === 0) return null;
  return value.every(
    (person) => isOfGusto(person) || Object.keys(person).some((key) => OF_EMPLOYER.test(key)),
  )
    ? value.map(flat)
    : null;
}

/** Groups in which HiBob puts the fields of a person. */
const GROUPS = new Set(['root', 'work', 'internal', 'personal', 'employment', 'home']);

function flat(person: JsonObject): JsonObject {
  const cells = new Map<string, unknown>();
  for (const [key, value] of Object.entries(person)) {
    if (GROUPS.has(key) && isObject(value)) {
      for (const [inner, cell] of Object.entries(value))
        if (member(person, inner) === undefined && !cells.has(inner)) cells.set(inner, plain(cell));
    } else cells.set(headingOf(key, value), plain(value));
  }
  return Object.fromEntries(ofGusto(person, cells));
}

/** HiBob may write a field as its path, such as “/work/title”. Personio numbers fields of the client's own. */
function headingOf(key: string, value: unknown): string {
  if (key === 'roleState') return 'employment status';
  if (/^dynamic_\d+$/.test(key) && isObject(value) && typeof value.label === 'string') return value.label;
  return /^\/?(?:root|work|internal|personal|employment|home)[/.](\w+)$/.exec(key)?.[1] ?? key;
}

/** The value within `{ label, value }`, `{ attributes: { name } }` or `{ label }`; a day without its midnight. */
function plain(value: unknown): unknown {
  if (typeof value === 'string')
    return /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?(?:Z|[+-]\d{2}:?\d{2})?$/.exec(value)?.[1] ?? value;
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, 'value')) return plain(value.value);
  if (isObject(value.attributes)) return value.attributes.name ?? null;
  return Object.keys(value).length === 1 && typeof value.label === 'string' ? value.label : value;
}

const isOfGusto = ({ jobs, terminated }: JsonObject): boolean => isList(jobs) && terminated !== undefined;

/**
 * Gusto lists the jobs and terminations of a person. The address is the private one if there is one for work, and the
 * effective date of a termination is the last day of work; an earlier one of somebody who works here does not count.
 */
function ofGusto(person: JsonObject, cells: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const { jobs, terminations, terminated, onboarded } = person;
  if (!isList(jobs)) return cells;
  const job = jobs.find(({ primary }) => primary === true) ?? jobs[0] ?? {};
  const days = (isList(terminations) ? terminations : [])
    .filter(({ active }) => terminated !== false || active !== true)
    .flatMap(({ effective_date: day }) => (typeof day === 'string' ? [day] : []));
  const unfinished = onboarded === false ? (person.onboarding_status ?? null) : 'Active';
  return new Map<string, unknown>([
    ...[...cells].map(
      ([key, value]) => [key === 'email' && cells.has('work_email') ? 'personal email' : key, value] as const,
    ),
    ['employment status', terminated === true ? 'Terminated' : terminated === false ? unfinished : null],
    ['hire date', job.hire_date ?? null],
    ['job title', job.title ?? null],
    ['termination date', days.toSorted().at(-1) ?? null],
    ['employment type', person.current_employment_status ?? null],
    ...['terminated', 'onboarded', 'onboarding_status', 'current_employment_status'].map(
      (key) => [key, null] as const,
    ),
  ]);
}

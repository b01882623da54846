import { isObject, type JsonObject, text } from './json-values.ts';

/** People of an answer as flat objects whose keys are headings, and what tells whether more pages follow. */
interface SystemPage {
  readonly people: readonly JsonObject[];
  /** Reference to the next page; null: this is the last one. */
  readonly next: unknown;
}

/**
 * Answers of HR systems with lists of their own: Workday reports as a service, ADP workers v2, Rippling workers, Merge
 * employees, Finch individuals and employments. Shapes from search results of the vendors' API references and
 * published clients; the pages themselves were not opened. null: none of them.
 */
export function systemPage(value: unknown): SystemPage | null {
  if (!isObject(value)) return null;
  const { Report_Entry: entries, workers, results, responses } = value;
  if (isPeople(entries) && entries.every(isWorker)) return { people: entries.map(ofWorkday), next: null };
  if (isPeople(workers) && workers.every(isAdp))
    return {
      people: workers.map(ofAdp),
      next: ADP_PAGES.has(workers.length) ? 'full page' : null,
    };
  if (isPeople(results) && results.every(isOfEmployer))
    return {
      people: results.map(ofResults),
      next: value.next ?? value.next_link ?? value.next_cursor ?? null,
    };
  if (isPeople(responses)) {
    const people = responses.map(({ body }) => (isObject(body) ? body : {}));
    if (!people.every(isFinch)) return null;
    const failed = responses.some(({ code }) => code !== undefined && code !== 200);
    return { people: people.map(ofFinch), next: failed ? 'failed' : null };
  }
  return null;
}

const isPeople = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** Reports as a service are about anything; those on workers have one of these columns. */
const OF_WORKERS = /hire|terminat|(?:worker|employment|employee)_?(?:status|type|id)/i;

const isWorker = (entry: JsonObject): boolean => Object.keys(entry).some((key) => OF_WORKERS.test(key));

/** Rows of a full page of ADP, which does not state whether another one follows. */
const ADP_PAGES: ReadonlySet<number> = new Set([50, 100]);

/** Workday names columns like "Email_-_Work", and lists a value of several in an array of objects. */
function ofWorkday(entry: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => {
      const [first, ...more] = Array.isArray(value) ? value : [value];
      const cell = isObject(first) && more.length === 0 ? (first.Descriptor ?? null) : first;
      return [key.replaceAll(/_-_|_/g, ' '), more.length === 0 ? cell : null];
    }),
  );
}

const isAdp = ({ associateOID, workerDates }: JsonObject): boolean =>
  typeof associateOID === 'string' && isObject(workerDates);

function ofAdp({
  workerID,
  person,
  workerDates,
  workerStatus,
  businessCommunication,
}: JsonObject): JsonObject {
  const name = isObject(person) && isObject(person.legalName) ? person.legalName : {};
  const dates = isObject(workerDates) ? workerDates : {};
  const status = isObject(workerStatus) && isObject(workerStatus.statusCode) ? workerStatus.statusCode : {};
  return {
    'employee id': isObject(workerID) ? (workerID.idValue ?? null) : null,
    'first name': name.givenName ?? null,
    'last name': name.familyName1 ?? null,
    'work email': isObject(businessCommunication)
      ? firstMail(businessCommunication.emails, 'emailUri')
      : null,
    'employment status': status.codeValue ?? status.shortName ?? null,
    'hire date': dates.rehireDate ?? dates.originalHireDate ?? null,
    'termination date': dates.terminationDate ?? null,
  };
}

const isOfEmployer = (person: JsonObject): boolean =>
  'work_email' in person &&
  ('employment_status' in person || ('start_date' in person && 'end_date' in person));

/** Rippling gives the name within `user`, and the status as `status`. */
function ofResults({ user, status, display_full_name: full, ...person }: JsonObject): JsonObject {
  const name = isObject(user) && isObject(user.name) ? user.name : null;
  return {
    ...person,
    ...(name === null
      ? {}
      : { name: name.formatted ?? `${text(name.given_name)} ${text(name.family_name)}` }),
    ...(full === undefined || 'last_name' in person ? {} : { name: full }),
    ...(status === undefined ? {} : { 'employment status': status }),
  };
}

const isFinch = (person: JsonObject): boolean => 'is_active' in person && 'start_date' in person;

function ofFinch({ is_active: active, emails, ...person }: JsonObject): JsonObject {
  return {
    ...person,
    'work email': firstMail(emails, 'data'),
    'employment status': active === true ? 'Active' : active === false ? 'Terminated' : null,
  };
}

/** The address for work, or the only one. */
function firstMail(emails: unknown, field: string): unknown {
  if (!isPeople(emails)) return null;
  const work = emails.find(({ type }) => type === 'work') ?? (emails.length === 1 ? emails[0] : undefined);
  return work?.[field] ?? null;
}

import type { AcknowledgementRow, MemberRow, RosterRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { address, nameKey, withoutTag } from '../../people/names.ts';
import type { Reconciliation } from '../../people/types.ts';
import { saysNotInForce } from '../../policy/draft.ts';
import { dayWords } from '../../text/words.ts';
import { namesThis, type Titles } from './acknowledgement-titles.ts';
import { versionKey } from './version-key.ts';

/** A person whose acknowledgment is looked up. */
export interface Person {
  readonly key: string;
  readonly name: string;
  readonly addresses: ReadonlySet<string>;
  /** The roster row that the seat was matched with. */
  readonly record?: RosterRow;
}

export interface Acknowledgement {
  /** unclear: a row exists, and a person has to say whether it counts. */
  readonly state: 'acknowledged' | 'missing' | 'unclear';
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

interface Policy {
  readonly version: string;
  readonly published: string;
}

/**
 * The acknowledgment of each person for the current version. Rows are matched by any address, else by a full name that
 * is unique among the people and among the rows that match no address. A person listed as not having acknowledged is
 * missing, even if another row of the same or an unknown day says otherwise.
 */
export function acknowledgementsOf(
  people: readonly Person[],
  rows: readonly AcknowledgementRow[],
  policy: Policy,
  { today, titles, roster = [] }: Pick<List, 'today' | 'titles'> & { readonly roster?: readonly RosterRow[] },
  cite: (row: AcknowledgementRow, says: string) => Evidence,
): ReadonlyMap<string, Acknowledgement> {
  const byAddress = new Map<string, Person>();
  for (const person of people) for (const text of person.addresses) byAddress.set(text, person);
  const peopleByName = group(people, (person) => nameKey(person.name));
  const byRecord = new Map<RosterRow, Person[]>();
  for (const person of people)
    if (person.record) byRecord.set(person.record, [...(byRecord.get(person.record) ?? []), person]);
  const own = new Map<string, AcknowledgementRow[]>();
  const loose: AcknowledgementRow[] = [];
  /** Rows with the address of one person and the name of another. */
  const astray = new Set<AcknowledgementRow>();
  const namesOther = ({ name }: AcknowledgementRow, person: Person) => {
    const named = nameKey(name) === nameKey(person.name) ? [] : (peopleByName.get(nameKey(name)) ?? []);
    return named.length > 0 && !named.some(({ record }) => record !== undefined && record === person.record);
  };
  // A learning system may list all policies; rows that name another one are ignored.
  const named = rows.filter((row) => !titles.isAnother(row));
  const counting = named.length > 0 ? named : rows;
  const versioned = counting.some((row) => isVersion(row.version));
  for (const row of counting) {
    const mail = row.email ? address(row.email) : '';
    const person = byAddress.get(mail) ?? byAddress.get(withoutTag(mail));
    if (person && namesOther(row, person)) astray.add(row);
    if (person) own.set(person.key, [...(own.get(person.key) ?? []), row]);
    if (!person || astray.has(row)) loose.push(row);
  }
  const list = { today, versioned, titles, astray, cite };
  const looseByName = group(loose, (row) => nameKey(row.name));
  const recordOf = new Map(
    roster.flatMap((row) => row.emails.map((email) => [address(email), row] as const)),
  );
  /** Whether a row's address belongs to another roster record than the one that the person was matched with. */
  const isOfAnother = ({ email }: AcknowledgementRow, { record }: Person) => {
    const its = email ? recordOf.get(address(email)) : undefined;
    return its !== undefined && record !== undefined && its !== record;
  };
  const result = new Map<string, Acknowledgement>();
  for (const person of people) {
    // A person with two seats agrees once for both.
    const seats = (person.record && byRecord.get(person.record)) ?? [person];
    const mine = seats.flatMap(({ key }) => own.get(key) ?? []);
    if (mine.length > 0) {
      result.set(person.key, judge(mine, policy, list));
      continue;
    }
    const name = nameKey(person.name);
    const alike = name === '' ? [] : (looseByName.get(name) ?? []);
    if (alike.length === 0) {
      result.set(person.key, {
        state: 'missing',
        words: 'Not in the list of acknowledgments',
        evidence: [],
      });
      continue;
    }
    // A name with several addresses may be several people, as may two rows of one version without an address.
    const sources = new Set(alike.map((row) => (row.email ? address(row.email) : '')));
    const versions = alike.map((row) => (row.version === null ? '' : versionKey(row.version)));
    const alone =
      sources.size === 1 &&
      !alike.some((row) => astray.has(row)) &&
      (!sources.has('') || new Set(versions).size === versions.length);
    const ofAnother = alike.some((row) => isOfAnother(row, person));
    if (alone && !ofAnother && (peopleByName.get(name) ?? []).length === 1) {
      const judged = judge(alike, policy, list);
      result.set(person.key, {
        ...judged,
        words: `${judged.words}; matched by name only, unique on both sides`,
      });
      continue;
    }
    const evidence = alike.map((row) => cite(row, `name ${row.name ?? ''}`));
    result.set(person.key, {
      state: 'unclear',
      words: 'The list holds this name, but not for one person alone; someone must confirm whose row it is',
      evidence,
    });
  }
  return result;
}

/** Text with a number; "Code of conduct" is a title and states no version. */
function isVersion(text: string | null): text is string {
  return text !== null && /\d/.test(text);
}

/** Whether an unrecognized title contains the version number as a word: "Norma interna 2 (IA)" may be version 2. */
function holdsNumber(title: string, number: string): boolean {
  const words = versionKey(title).split(' ');
  return words.includes(number) && words.some((word) => /\p{L}/u.test(word));
}

/** The document or version name of a row if it says that it is not in force; else null. */
function notInForce({ document, version }: AcknowledgementRow): string | null {
  return [document, version].find((one) => one && saysNotInForce(one)) ?? null;
}

interface List {
  readonly today: string;
  /** Some row of the list states a version, so a row without one does not count as the current version by itself. */
  readonly versioned: boolean;
  readonly titles: Titles;
  readonly astray: ReadonlySet<AcknowledgementRow>;
  cite(row: AcknowledgementRow, says: string): Evidence;
}

function judge(
  rows: readonly AcknowledgementRow[],
  policy: Policy,
  { today, versioned, titles, astray, cite }: List,
): Acknowledgement {
  const current = versionKey(policy.version);
  const numbered = isVersion(policy.version);
  const isCurrent = (row: AcknowledgementRow) => row.version !== null && versionKey(row.version) === current;
  /** Neither the current version nor known to be another. */
  const openVersion = (row: AcknowledgementRow) =>
    !isCurrent(row) &&
    (row.version === null || (numbered && (!isVersion(row.version) || holdsNumber(row.version, current))));
  const forCurrent = rows.filter((row) => isCurrent(row) || openVersion(row));
  const yes: AcknowledgementRow[] = [];
  const unclear: { row: AcknowledgementRow; words: string }[] = [];
  for (const row of forCurrent) {
    if (row.acknowledged === false) continue;
    if (row.on !== null && row.on > today)
      unclear.push({ row, words: `Dated ${dayWords(row.on)}, which is in the future` });
    else if (openVersion(row) && row.on !== null && row.on < policy.published) continue;
    else if (astray.has(row))
      unclear.push({ row, words: `The row has this person’s address and the name ${row.name ?? ''}` });
    else if (notInForce(row) !== null)
      unclear.push({
        row,
        words: `The list calls what was acknowledged “${notInForce(row)}”, so whether it was the policy in force is not known`,
      });
    else if (titles.isAnother(row))
      unclear.push({
        row,
        words: `The row names “${row.document ?? ''}”, which does not say that it is the policy for Claude`,
      });
    else if (openVersion(row) && row.on === null)
      unclear.push({
        row,
        words:
          'Listed as acknowledged, with neither a version nor a day, so which version it was is not known',
      });
    else if (openVersion(row) && (row.version !== null || versioned))
      unclear.push({
        row,
        words:
          row.version === null
            ? `The row states no version, so whether it is ${policy.version} is not known`
            : `The row names “${row.version}” and no version, so whether it is ${policy.version} is not known`,
      });
    else if (openVersion(row) && !namesThis(row))
      unclear.push({
        row,
        words: `${row.document ? `The list names “${row.document}” and no version` : 'The list names neither a document nor a version'}, so whether what was signed${row.on === null ? '' : ` on ${dayWords(row.on)}`} was ${policy.version} is not known`,
      });
    else if (row.on !== null && row.on < policy.published)
      unclear.push({
        row,
        words: `Dated ${dayWords(row.on)}, before this version was published on ${dayWords(policy.published)}`,
      });
    else if (row.acknowledged === null)
      unclear.push({
        row,
        words:
          row.submittedBy !== undefined
            ? `Submitted by ${row.submittedBy}, who submitted it for others too, so it is not known to be the person’s own acknowledgment`
            : row.on === null
              ? 'Listed with the version, but neither a day nor a yes'
              : `Listed with the day ${dayWords(row.on)}, but without an answer that can be read`,
      });
    else yes.push(row);
  }
  const no = forCurrent.filter((row) => row.acknowledged === false);
  const newest = (list: readonly AcknowledgementRow[]) =>
    list.reduce((day, row) => (row.on !== null && row.on > day ? row.on : day), '');
  const last = yes.reduce<AcknowledgementRow | null>(
    (best, row) => (best === null || (row.on ?? '') > (best.on ?? '') ? row : best),
    null,
  );
  const refused = no.at(-1);
  if (refused && !(last && last.on !== null && no.every((row) => row.on !== null) && last.on > newest(no))) {
    return {
      state: 'missing',
      words: last ? 'Listed both as acknowledged and as not acknowledged' : 'Listed as not acknowledged',
      evidence: [cite(refused, 'not acknowledged'), ...(last ? [cite(last, 'acknowledged')] : [])],
    };
  }
  // A later answer may withdraw the agreement.
  const since = unclear.find(
    ({ row }) =>
      row.acknowledged === null &&
      row.submittedBy === undefined &&
      row.on !== null &&
      row.on > (last?.on ?? ''),
  );
  if (last && last.on !== null && since)
    return {
      state: 'unclear',
      words: since.words,
      evidence: [cite(since.row, since.words), cite(last, 'acknowledged')],
    };
  if (last) {
    const on = last.on ? ` on ${dayWords(last.on)}` : '';
    return {
      state: 'acknowledged',
      words: `Acknowledged ${last.version ?? 'the current version'}${on}`,
      evidence: [cite(last, `acknowledged${on}`)],
    };
  }
  const doubt = unclear[0];
  if (doubt) return { state: 'unclear', words: doubt.words, evidence: [cite(doubt.row, doubt.words)] };
  const old = [...rows].sort((a, b) => stamp(a).localeCompare(stamp(b))).at(-1);
  const words = old?.version
    ? `Acknowledged ${old.version}, not ${policy.version}`
    : 'No acknowledgment since the current version was published';
  return { state: 'missing', words, evidence: old ? [cite(old, old.version ?? 'no version')] : [] };
}

function stamp(row: AcknowledgementRow): string {
  return `${row.on ?? ''} ${row.version ?? ''}`;
}

// Cached per reconciliation, which exists once per evaluation, because several controls ask for the same people.
const memo = new WeakMap<Reconciliation, readonly Person[]>();

/** Members who must acknowledge: people who can sign in. Excludes invited and suspended accounts. */
export function peopleWhoAcknowledge(
  context: Pick<CheckContext, 'people'>,
  members: Current<'members'> & { ok: true },
): readonly Person[] {
  const people = context.people();
  const found = memo.get(people) ?? findPeople(people, members.rows);
  memo.set(people, found);
  return found;
}

function findPeople(people: Reconciliation, rows: readonly MemberRow[]): Person[] {
  const machines = new Set(
    [...people.shared, ...people.service]
      .filter(({ certain }) => certain)
      .map(({ member }) => address(member.email)),
  );
  const staffOf = new Map(people.matched.map((match) => [match.member, match.staff]));
  const seen = new Set<string>();
  return rows.flatMap((member) => {
    const key = address(member.email);
    if (member.status === 'invited' || member.status === 'suspended' || machines.has(key) || seen.has(key))
      return [];
    seen.add(key);
    const addresses = new Set([key, withoutTag(key), ...people.addressesOf(member)]);
    const staff = staffOf.get(member);
    for (const mail of staff?.emails ?? []) addresses.add(address(mail));
    return [
      {
        key,
        name: member.name ?? staff?.name ?? member.email,
        addresses,
        ...(staff === undefined ? {} : { record: staff }),
      },
    ];
  });
}

function group<T>(entries: readonly T[], key: (entry: T) => string): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const entry of entries) {
    const name = key(entry);
    if (name === '') continue;
    const list = map.get(name);
    if (list) list.push(entry);
    else map.set(name, [entry]);
  }
  return map;
}

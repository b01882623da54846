import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address, nameKey, withoutTag } from '../../people/names.ts';
import { dayWords } from '../../text/words.ts';
import { explainsFor, type Use } from './usage.ts';

interface Person {
  readonly key: string;
  readonly label: string;
  readonly addresses: ReadonlySet<string>;
  readonly isMember: boolean | null;
  readonly value: number | null;
  readonly evidence: readonly Evidence[];
}

export function explanation(context: CheckContext, person: Person, from: string): Evidence | null {
  const { journal, today } = context;
  if (!journal.ok) return null;
  const list = journal.value.explainedUsage ?? [];
  const index = list.findIndex(
    (entry) =>
      entry.on >= from &&
      entry.on <= today &&
      explainsFor(entry, [person.label, ...person.addresses]) &&
      (person.addresses.has(address(entry.email)) || person.addresses.has(withoutTag(entry.email))),
  );
  const entry = list[index];
  return entry
    ? journal.cite(`explainedUsage.${index}`, `${entry.by} on ${dayWords(entry.on)}: ${entry.reason}`)
    : null;
}

/** Merges the lines of a person with several addresses or seats; a line that matches no member stays separate. */
export function peopleOf(
  context: CheckContext,
  uses: readonly Use[],
): { people: Person[]; membersKnown: boolean; evidence: readonly Evidence[] } {
  const members = context.read('members', 30);
  const all = members.ok ? members.rows : [];
  const reconciled = context.people();
  const byAddress = new Map<string, MemberRow>();
  const byName = new Map<string, MemberRow | null>();
  const addresses = new Map<MemberRow, ReadonlySet<string>>();
  const records = new Map(reconciled.matched.map(({ member, staff }) => [member, staff]));
  const holders = new Map<RosterRow, MemberRow>();
  for (const seat of all) {
    // Two seats that the roster assigns to one person are merged.
    const record = records.get(seat);
    const member = (record && holders.get(record)) ?? seat;
    if (record) holders.set(record, member);
    const own = [address(seat.email), withoutTag(seat.email), ...reconciled.addressesOf(seat)];
    addresses.set(member, new Set([...(addresses.get(member) ?? []), ...own]));
    for (const text of own) byAddress.set(text, member);
    const name = nameKey(seat.name);
    if (name !== '') byName.set(name, byName.has(name) && byName.get(name) !== member ? null : member);
  }
  const merged = new Map<string, Person>();
  for (const use of uses) {
    const member = use.email
      ? (byAddress.get(use.email) ?? byAddress.get(withoutTag(use.email)))
      : byName.get(nameKey(use.name));
    const key = member ? address(member.email) : (use.email ?? (use.name ?? '').trim().toLowerCase());
    const before = merged.get(key);
    merged.set(key, {
      key,
      label: member?.name ?? use.name ?? use.email ?? key,
      addresses: (member && addresses.get(member)) ?? new Set(use.email ? [use.email] : []),
      isMember: members.ok ? member !== undefined && member !== null : null,
      value: before
        ? before.value === null || use.value === null
          ? null
          : before.value + use.value
        : use.value,
      evidence: [...(before?.evidence ?? []), ...use.evidence],
    });
  }
  return {
    people: [...merged.values()],
    membersKnown: members.ok,
    evidence: members.ok ? members.evidence : [],
  };
}

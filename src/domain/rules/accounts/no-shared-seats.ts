import { z } from 'zod';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import type { PersonFinding } from '../../people/types.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { isAccountOwner, once, personItem, readPeople } from './people-files.ts';

/**
 * Every seat belongs to one person. An address is known to be shared if the charter or roster says so; if it only looks
 * shared, it is a question. An account that the roster does not explain could be shared too, so it prevents a pass.
 */
export const noSharedSeats = defineRule({
  name: 'no-shared-seats',
  about:
    'No shared mailbox or service account holds a seat, apart from the account owner that the charter names. An account that only looks shared, or that is not tied to a person, must be decided on first.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name', 'engagement'] },
  failsWithout: { roster: ['engagement'] },
  failsFromPart: ['members'],
  params: z.strictObject({}),
  decide(context) {
    const files = readPeople(context);
    const { charter } = context;
    const owner = charter.ok ? charter.value.accountOwner : undefined;
    if (!files.ok) return withoutRoster(context, files.outcome);
    const { people, seats, lacks } = files;
    const guests = new Set(charter.ok ? (charter.value.people?.guests ?? []) : []);
    const persons = new Set(
      people.matched.filter(({ staff }) => people.isPerson(staff)).map(({ member }) => address(member.email)),
    );
    const found = [...people.shared, ...people.service].filter((one) => !isAccountOwner(context, one));
    const stated = statedShared(context);
    const isCertain = (one: (typeof found)[number]) => one.certain || stated.has(one.key);
    const certain = once(found.filter(isCertain).map(item));
    const looks = once(found.filter((one) => !isCertain(one) && !persons.has(one.key)).map(item));
    const exempt =
      owner &&
      [...people.shared, ...people.service, ...people.notOnRoster, ...people.toConfirm].some((one) =>
        isAccountOwner(context, one),
      )
        ? ` ${owner} is the account owner that the charter names, which may be a dedicated mailbox.`
        : '';
    if (certain.length > 0) {
      const also =
        looks.length > 0
          ? ` ${list(looks)} ${verb(looks.length, 'looks', 'look')} shared as well and must be decided.`
          : '';
      return because(
        'accounts.no_shared_seats.shared',
        `${certain.length} of ${count(seats, 'seat')} ${verb(certain.length, 'is', 'are')} held by a shared or service account: ${list(certain)}. Who wrote a chat there cannot be determined.${also}${exempt}`,
      ).fail(people.restsOn, certain);
    }
    const question = ask(
      'charter',
      'people.shared',
      'For each address, list it under `people.shared` or `people.service` in the charter, or tie it to the one person who uses it under `people.same`.',
    );
    if (looks.length > 0)
      return because(
        'accounts.no_shared_seats.may_be_shared',
        `Judging by the address or the name, ${looks.length} of ${count(seats, 'seat')} may be shared or a service account: ${list(looks)}. No one has said whether one person uses ${verb(looks.length, 'it', 'each')}.${exempt}`,
      ).cannotRead(question, people.restsOn, looks);
    const several = people.matched.filter(({ member }) => namesSeveral(member.name));
    if (several.length > 0)
      return because(
        'accounts.no_shared_seats.several_names',
        `The name of ${count(several.length, 'account')} seems to be that of several people: ${names(several.map(({ member }) => `${member.name ?? ''} (${member.email})`))}.`,
      ).cannotRead(
        ask(
          'charter',
          'people.shared',
          'List the address under `people.shared` in the charter if several people use it, or correct the name of the account in Claude and export the members again.',
          'several',
        ),
        people.restsOn,
      );
    const alone = once(
      [...people.notOnRoster, ...people.toConfirm, ...people.guests]
        .filter((one) => !persons.has(one.key) && !guests.has(one.key) && !isAccountOwner(context, one))
        .map(personItem),
    );
    if (alone.length > 0)
      return because(
        'accounts.no_shared_seats.alone_on_address',
        `No account looks shared, but ${alone.length} of ${count(seats, 'seat')} ${verb(alone.length, 'is', 'are')} not tied to any person on the roster: ${list(alone)}. Whether one of them is shared cannot be determined.`,
      ).cannotRead(question, people.restsOn, alone);
    return because(
      'accounts.no_shared_seats.all_personal',
      `${exempt === '' ? `Each of ${count(seats, 'seat')}` : `Each of ${count(seats, 'seat')} but one`} belongs to one named person or decided guest.${exempt}${lacks}`,
    ).pass(people.restsOn);
  },
});
/** Whether a name joins two: "Ann & Bo Lee", "Ann Lee / Bo Ray". "Ann/Annie Lee" may be one person. */
const namesSeveral = (name: string | null): boolean => / (?:&|\+|\/|and|und|et) (?=\p{L})/iu.test(name ?? '');

/**
 * Addresses that the charter accepts as shared by an exception to this control; requesting one states that they are.
 */
function statedShared({ charter, control }: CheckContext): ReadonlySet<string> {
  const exceptions = charter.ok ? (charter.value.exceptions ?? []) : [];
  return new Set(
    exceptions.filter((one) => one.control === control.id).flatMap(({ items = [] }) => items.map(address)),
  );
}

/** Labels items by address, because a person's name would suggest that one person uses the account. */
const item = (one: PersonFinding): Item => ({ ...personItem(one), label: one.email ?? one.name });
const list = (items: readonly Item[]) => names(items.map((one) => one.label));

/** What the charter and the addresses show about seats if their holders cannot be looked up. */
function withoutRoster(context: CheckContext, unread: Outcome): Outcome {
  const people = context.people();
  const found = [...people.shared, ...people.service].filter((one) => !isAccountOwner(context, one));
  const certain = once(found.filter((one) => one.certain).map(item));
  if (certain.length > 0)
    return because(
      'accounts.no_shared_seats.shared_by_charter',
      `${count(certain.length, 'seat')} ${verb(certain.length, 'is', 'are')} held by a shared or service account: ${list(certain)}. Who wrote a chat there cannot be determined. ${unread.reason}`,
    ).fail(people.restsOn, certain);
  const looks = once(found.map(item));
  if (looks.length === 0) return unread;
  return {
    ...unread,
    params: { ...unread.params, looks: looks.map(({ key }) => key) },
    reason: `${unread.reason} Judging by the address, ${list(looks)} may be shared or a service account.`,
    items: once([...looks, ...unread.items]),
  };
}
// Guide: G2.1-01 G7.1-02

import { z } from 'zod';
import type { RosterRow } from '../../model/kinds.ts';
import { type CheckContext, type Current, defineRule } from '../../model/rule.ts';
import { type Departed, whoHasLeft } from '../../people/departed.ts';
import { saysFormer } from '../../people/former.ts';
import { addressesOf } from '../../people/match.ts';
import {
  address,
  domainOf,
  mayBeOnePerson,
  nameKey,
  namesMailbox,
  namesNobody,
  namesOffice,
  withoutTag,
} from '../../people/names.ts';
import { isOfSeveral, type Signer } from '../../people/signer.ts';
import {
  MOVED_REMEDY,
  mayHaveMoved,
  movedWords,
  staffOn,
  unsureRemedy,
  unsureWords,
} from '../../people/staff.ts';
import { ask, askAll } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import { placeOf } from '../accounts/addresses.ts';
import { because } from '../outcome.ts';
import { askCharter, askWhichRoster } from './ask.ts';

/** Guide 7.1: one named person does the review, with a second one as deputy. */
export const governanceOwner = defineRule({
  name: 'governance-owner',
  about:
    'The charter names a governance owner and a deputy, who are two people, and neither has left according to the roster. An owner who is neither on the roster nor at one of our domains is asked about.',
  params: z.strictObject({}),
  decide(context) {
    const { charter, today } = context;
    if (!charter.ok || !charter.value.governanceOwner || namesNobody(charter.value.governanceOwner.name)) {
      return askCharter(context, 'governanceOwner', 'who owns the governance of Claude', 'name and email');
    }
    const { governanceOwner: owner, governanceDeputy: deputy } = charter.value;
    if (!deputy || namesNobody(deputy.name)) {
      return askCharter(context, 'governanceDeputy', `who covers for ${owner.name}`, 'name and email');
    }
    const evidence = [
      charter.cite('governanceOwner', `owner ${owner.name}`),
      charter.cite('governanceDeputy', `deputy ${deputy.name}`),
    ];
    // The guide asks for named people; a shared mailbox or an office is not one.
    const staff = context.read('roster');
    const people = staff.ok ? staff.rows.filter(({ engagement }) => !isOfSeveral(engagement)) : [];
    const onRoster = (name: string) =>
      people.some((row) => row.name !== null && nameKey(row.name) === nameKey(name));
    const isAddressOfOne = (email: string | undefined) => people.some(recordOf(context, email));
    const nobody = [owner, deputy].find(({ name, email }) =>
      namesOffice(name)
        ? !isAddressOfOne(email)
        : email !== undefined && namesMailbox(email) && !onRoster(name),
    );
    if (nobody)
      return because(
        'operations.governance_owner.mailbox',
        namesOffice(nobody.name)
          ? `${nobody.name} is an office or a role, so no person is named.`
          : `${nobody.name} (${nobody.email}) is a mailbox shared by several people, so no person is named.`,
      ).cannotRead(
        ask(
          'charter',
          nobody === owner ? 'governanceOwner' : 'governanceDeputy',
          `Name one person, with that person’s own address, under “${nobody === owner ? 'governanceOwner' : 'governanceDeputy'}” in the charter.`,
          [nobody.name],
        ),
        evidence,
      );
    const mails = owner.email && deputy.email ? [owner.email, deputy.email] : null;
    const oneName = mayBeOnePerson(owner.name, deputy.name);
    const oneMail = mails !== null && new Set(mails.map(withoutTag)).size === 1;
    if (oneMail || (oneName && mails === null)) {
      return because(
        'operations.governance_owner.one_person',
        `${owner.name} is named both as governance owner and as deputy.`,
        { owner: owner.name },
      ).fail(evidence);
    }
    const roster = context.read('roster');
    if (oneName && mails !== null) {
      const rows = mails.map((mail) => (roster.ok ? roster.rows.filter(recordOf(context, mail)) : []));
      const areTwo =
        rows.every((found) => found.length > 0) && rows[0]?.every((row) => !rows[1]?.includes(row));
      if (!areTwo)
        return because(
          'operations.governance_owner.may_be_one_person',
          `The governance owner ${owner.name} (${mails[0]}) and the deputy ${deputy.name} (${mails[1]}) may be one person with two addresses. No roster shows two.`,
          { owner: owner.name, deputy: deputy.name },
        ).cannotRead(
          ask(
            'charter',
            'governanceDeputy',
            `Name someone else as deputy under “governanceDeputy” in the charter; if they are two people, give the addresses that the roster has.`,
            [deputy.name],
          ),
          evidence,
        );
    }
    const former = [owner, deputy].filter(({ name }) => saysFormer(name));
    if (former.length > 0)
      return because(
        'operations.governance_owner.former',
        `The charter names ${former.map(({ name }) => name).join(' and ')}, by these words no longer here.`,
        { absent: former.map(({ name }) => name) },
      ).fail(evidence);
    // The journal may know of a leaver who is on no roster, or on one from before the last day.
    const left = [owner, deputy].filter(
      ({ name, email }) => departedBy(context, email ?? name, roster) !== null,
    );
    if (left.length > 0)
      return because(
        'operations.governance_owner.left_by_journal',
        `${left.map(({ name }) => name).join(' and ')} ${left.length === 1 ? 'has' : 'have'} left according to the journal and ${left.length === 1 ? 'is' : 'are'} still named in the charter.`,
      ).fail([
        ...evidence,
        ...left.flatMap(({ name, email }) => departedBy(context, email ?? name, roster)?.evidence ?? []),
      ]);
    const which = askWhichRoster(context, [owner.name, deputy.name], evidence);
    if (which !== null) return which;
    const named = [owner, deputy];
    const mayShow = roster.ok || roster.part !== undefined || roster.code === 'stale';
    const absentNow = (mayShow ? named : []).flatMap(({ name, email }) => {
      const known = signerOf(context, name, email, roster);
      if (known.is === 'not_yet')
        return [{ name, words: `does not begin until ${dayWords(known.firstDay)}, according to the roster` }];
      // If a complete roster shows the person as gone, its rows are reported below.
      if (roster.ok || known.is !== 'left') return [];
      const on = known.lastDay === null ? '' : ` on ${dayWords(known.lastDay)}`;
      return [{ name, words: `has left${on}, according to the roster` }];
    });
    if (absentNow.length > 0)
      return because(
        'operations.governance_owner.not_here',
        `${absentNow.map(({ name, words }) => `${name} ${words}`).join('; ')}. ${absentNow.length === 1 ? 'This person is' : 'These people are'} named in the charter anyway.`,
        { absent: absentNow.map(({ name }) => name) },
      ).fail([...evidence, ...(roster.ok ? roster.evidence : [])]);
    if (!roster.ok) {
      return because(
        'operations.governance_owner.not_checked',
        `${owner.name} owns the governance of Claude and ${deputy.name} is the deputy. Whether both still work here is not known. ${roster.why}`,
        { owner: owner.name, deputy: deputy.name },
      ).cannotRead(roster.howToGet, evidence);
    }
    const isOnStaff = staffOn(roster.rows, today);
    const moved = mayHaveMoved(roster.rows, today, charter.value);
    // A person whom the charter identifies with one who starts at another employer still works here; otherwise it is
    // not known.
    const isStaff = (row: RosterRow) => {
      const to = moved.get(row);
      return to === undefined ? isOnStaff(row) : to.joined || null;
    };
    const gone = named.flatMap((person) => {
      const mail = person.email;
      const rows = roster.rows.filter(recordOf(context, mail));
      if (!mail || rows.length === 0) {
        const known = signerOf(context, person.name, mail, roster);
        if (known.is !== 'left') return [];
        const on = known.lastDay === null ? '' : ` on ${dayWords(known.lastDay)}`;
        return [
          {
            key: mail ?? person.name.toLowerCase(),
            label: person.name,
            detail: `Left${on} according to the roster.`,
            evidence: roster.evidence,
          },
        ];
      }
      const row = rows.find((r) => isStaff(r) === false);
      if (!row || rows.some((r) => isStaff(r) !== false)) return [];
      const when = row.endsOn ? ` on ${dayWords(row.endsOn)}` : '';
      return [
        {
          key: mail,
          label: person.name,
          detail: `Left${when} according to the roster.`,
          evidence: [roster.cite(row, `has left${when}`)],
        },
      ];
    });
    if (gone.length > 0) {
      return because(
        'operations.governance_owner.left',
        `${gone.map((item) => item.label).join(' and ')} ${gone.length === 1 ? 'has' : 'have'} left according to the roster and ${gone.length === 1 ? 'is' : 'are'} still named in the charter as ${gone.length === 2 ? 'governance owner and deputy' : gone[0]?.label === owner.name ? 'governance owner' : 'deputy'}.`,
      ).fail([...evidence, ...gone.flatMap((item) => item.evidence)], gone);
    }
    const astray = [owner, deputy].flatMap(({ name, email }) => {
      const rows = roster.rows.filter(recordOf(context, email));
      const own = roster.rows.find((row) => nameKey(row.name) === nameKey(name));
      const [other] = rows;
      const isOther =
        own !== undefined &&
        other !== undefined &&
        rows.every((row) => nameKey(row.name) !== nameKey(name) && !mayBeOnePerson(row.name ?? name, name));
      return isOther ? [{ name, email, other }] : [];
    });
    const [wrong] = astray;
    if (wrong !== undefined)
      return because(
        'operations.governance_owner.address_of_other',
        `The charter gives ${wrong.name} the address ${wrong.email ?? ''}, which is that of ${wrong.other.name ?? 'someone else'} on the roster, so which of the two is meant is not known.`,
      ).cannotRead(
        ask(
          'charter',
          wrong.name === owner.name ? 'governanceOwner' : 'governanceDeputy',
          'Correct the name or the address in the charter.',
          [wrong.name],
        ),
        [...evidence, ...astray.map(({ name, other }) => roster.cite(other, `not ${name}`))],
      );
    const guests = charter.value.people?.guests ?? [];
    const isOurs = (email: string | undefined) =>
      email !== undefined &&
      context.profile.domains.includes(domainOf(email)) &&
      !guests.some((one) => address(one) === address(email));
    // Someone with an address of ours who is not on the roster may have left.
    const unlisted = named.filter(
      ({ name, email }) => isOurs(email) && !onRoster(name) && !roster.rows.some(recordOf(context, email)),
    );
    if (unlisted.length > 0)
      return because(
        'operations.governance_owner.not_listed',
        `${names(unlisted.map(({ name }) => name))} ${verb(unlisted.length, 'is', 'are')} not on the roster of ${dayWords(roster.observedOn)}, by name or by address, and ${verb(unlisted.length, 'has an address', 'have addresses')} of ours, so it is not known whether ${verb(unlisted.length, 'this person works', 'these people work')} here.`,
        { absent: unlisted.map(({ name }) => name) },
      ).cannotRead(
        ask(
          'charter',
          unlisted[0] === owner ? 'governanceOwner' : 'governanceDeputy',
          'Name someone who works here in the charter, or import a roster that lists everyone. Someone of the board with an address of ours belongs under “people.guests”.',
          unlisted.map(({ name }) => name),
        ),
        [...evidence, ...roster.evidence],
      );
    const known = [owner, deputy].filter(({ email }) => roster.rows.some(recordOf(context, email)));
    const unsure = [owner, deputy].flatMap(({ name, email }) => {
      const rows = roster.rows.filter(recordOf(context, email));
      const row = rows.some((r) => isStaff(r) === true) ? undefined : rows.find((r) => isStaff(r) === null);
      return row ? [{ name, row }] : [];
    });
    const [doubted] = unsure;
    if (doubted !== undefined) {
      const next = moved.get(doubted.row)?.next;
      const stays = unsure.map(({ row }) => row).filter((row) => !moved.has(row));
      return because(
        'operations.governance_owner.unsure',
        `Whether ${unsure.map(({ name }) => name).join(' and ')} still ${unsure.length === 1 ? 'works' : 'work'} here is not known. ${next === undefined ? unsureWords(doubted.row) : movedWords(doubted.row, next)}.`,
      ).cannotRead(
        askAll([...(stays.length < unsure.length ? [MOVED_REMEDY] : []), ...unsureRemedy(stays)]),
        [
          ...evidence,
          ...unsure.map(({ row }) => roster.cite(row, 'does not say whether the person works here')),
        ],
      );
    }
    const stranger = [owner, deputy].flatMap((person) => {
      if (known.includes(person) || onRoster(person.name)) return [];
      const words = strangerWords(context, person.email, person === owner);
      return words === null ? [] : [{ person, words }];
    })[0];
    if (stranger !== undefined)
      return because(
        'operations.governance_owner.stranger',
        `${stranger.person.name} is named as ${stranger.person === owner ? 'governance owner' : 'deputy'} and is not on the roster. ${stranger.words}, so who this is cannot be determined.`,
      ).cannotRead(
        ask(
          'charter',
          stranger.person === owner ? 'governanceOwner' : 'governanceDeputy',
          'Give the address that the roster has for this person in the charter. Someone of the board or of a service provider needs an address there and under “people.guests”.',
          ['stranger', stranger.person.name],
        ),
        [...evidence, ...roster.evidence],
      );
    const checked =
      known.length === 2
        ? 'Both are on the roster and work here.'
        : known.length === 1
          ? `${known[0]?.name ?? ''} is on the roster; the other was not found there by address.`
          : 'Neither was found on the roster by address.';
    return because(
      'operations.governance_owner.named',
      `${owner.name} owns the governance of Claude and ${deputy.name} is the deputy. ${checked}`,
      { owner: owner.name, deputy: deputy.name },
    ).pass([...evidence, ...roster.evidence]);
  },
});

/**
 * Why nothing shows who a person off the roster is, as a sentence without its period; null: the address does, or the
 * charter names it as a guest. A deputy may belong to the board or to an agency; the owner is answerable here.
 */
function strangerWords(
  { charter, profile }: CheckContext,
  email: string | undefined,
  isOwner: boolean,
): string | null {
  if (email === undefined) return isOwner ? 'The charter gives no address' : null;
  const guests = charter.ok ? (charter.value.people?.guests ?? []) : [];
  if (guests.some((one) => address(one) === address(email))) return null;
  const place = placeOf(email, profile.domains);
  if (place.kind === 'own' || place.kind === 'subdomain') return null;
  return place.kind === 'foreign' && !isOwner ? null : `As for ${email}, ${place.words}`;
}

/**
 * Returns whether a roster row belongs to the person with an address: it has the address, or another that the charter
 * or Entra gives for it.
 */
function recordOf(context: CheckContext, email: string | undefined): (row: RosterRow) => boolean {
  if (email === undefined) return () => false;
  const users = context.read('entra_users');
  const charter = context.charter.ok ? context.charter.value : null;
  const own = addressesOf(email, users.ok ? users.rows : [], charter);
  return ({ emails }) => emails.some((text) => own.has(address(text)));
}

/** What the people lists show about a person in the charter: by address if a roster has it, else also by name. */
function signerOf(
  context: CheckContext,
  name: string,
  email: string | undefined,
  roster: Current<'roster'>,
): Signer {
  const byAddress = email === undefined ? null : context.signer(email, context.today);
  const isListed = roster.ok && roster.rows.some(recordOf(context, email));
  const settled = byAddress !== null && ['left', 'not_yet', 'disputed'].includes(byAddress.is);
  return byAddress !== null && (isListed || settled) ? byAddress : context.signer(name, context.today);
}

/** The departure of a person by address, if only the journal shows it; null: it shows none. */
function departedBy(context: CheckContext, signature: string, roster: Current<'roster'>): Departed | null {
  if (!signature.includes('@')) return null;
  return (
    whoHasLeft(context, roster).find(
      ({ row, addresses }) => row === null && addresses.has(address(signature)),
    ) ?? null
  );
}
// Guide: G0-02 G7.1-00

import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { awaited } from '../../people/begun.ts';
import { whoHasLeft } from '../../people/departed.ts';
import { address, namesMailbox } from '../../people/names.ts';
import { ask, askAll } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import {
  accountItem,
  isOwner,
  labels,
  ROLE_QUESTION,
  readMembers,
  roleWords,
  unknownRoles,
} from './members.ts';
import { byMembersOf, rolesSince } from './members-since.ts';
import { PEOPLE_DAYS, rosterInPart } from './people-files.ts';
import { asksOnlyOwner, saysNoPlan } from './recovery-plan.ts';

/** Days within which activity shows that an account without a status is not suspended. */
const SEEN_DAYS = 30;

const WITH_STATUS = ask(
  'source',
  'members',
  'Import a members file with a status for each person, or look at Organization settings > Members and record what you see.',
  'with_status',
);
const CONFIRM = ask(
  'charter',
  'people',
  'For each of these owners, say in the charter under `people` which records are the same person (`same`) and which are not (`different`), name who may be an owner under `owners`, or import a roster that gives their status.',
  'owners',
);

const ENABLED = ask(
  'source',
  'entra_users',
  'Enable these accounts in Entra and save the list of users again, or make someone else Owner.',
  'enabled_owners',
);

const NOT_BEGUN = ask(
  'source',
  'roster',
  'Make someone who works here Owner, or correct the first day or the status on the roster and import it again.',
  'owners_begun',
);

const ON_LEAVE = ask(
  'look',
  'owners_on_leave',
  'Ask these owners whether they can sign in and act as owner during their leave and record what you see, or make someone else Owner until they are back.',
);

/**
 * Two people can act as owner, and a plan says how to regain access. The plan is needed because only the Primary Owner
 * can hand over ownership: a second Owner can keep the organization running but not take over.
 */
export const ownerSuccession = defineRule({
  name: 'owner-succession',
  about:
    'At least two owners who have accepted, still work here and are not on leave, and a recovery plan in the charter. Only the Primary Owner can hand over ownership, so a second Owner alone is not enough.',
  needs: { members: ['name', 'role', 'status'], roster: ['name'] },
  params: z.strictObject({}),
  decide: byMembersOf(rolesSince, (context) => {
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const people = context.people();
    if (!people.ready.ok)
      return because(
        'accounts.owner_succession.staff_unknown',
        `It cannot be determined whether the owners still work here. ${people.ready.why}`,
      ).cannotRead(people.ready.howToGet);
    const { accounts, read } = members;
    const { charter } = context;
    const left = whoHasLeft(context, context.read('roster', PEOPLE_DAYS));
    const gone = new Set([
      ...people.leavers.map((one) => one.key),
      ...left.flatMap(({ addresses }) => [...addresses]),
    ]);
    // For an owner who is neither on the roster nor in the charter, nothing shows that the person still works here. If
    // the roster may be that of one department, the charter does not settle it for a person either.
    const part = rosterInPart(context);
    const stated = new Set(
      charter.ok
        ? [charter.value.accountOwner, ...(charter.value.owners ?? [])].map((one) => address(one ?? ''))
        : [],
    );
    const matched = new Set(people.matched.map(({ member }) => address(member.email)));
    const unknownOwners = accounts.filter(
      (one) =>
        isOwner(one) &&
        !matched.has(one.key) &&
        !(stated.has(one.key) && (part === null || namesMailbox(one.key))),
    );
    const early = new Map(
      awaited(people.matched, context.today).map((one) => [address(one.member.email), one.words]),
    );
    const doubtful = new Set([
      ...[...people.toConfirm, ...unknownOwners].map((one) => one.key),
      ...early.keys(),
    ]);
    // An owner whose Entra account is disabled may not be able to sign in to Claude either.
    const disabled = accounts.filter(
      (one) => isOwner(one) && one.rows.some((row) => people.entraUser(row)?.enabled === false),
    );
    const staffOf = new Map(people.matched.map((match) => [match.member, match.staff]));
    const owners = accounts.filter((one) => isOwner(one) && !gone.has(one.key));
    // Without a status, an account that was used long ago may have been suspended since.
    const since = addDays(context.today, -SEEN_DAYS);
    const unseen = owners.filter(
      (one) =>
        one.active === true &&
        !one.rows.some(
          ({ status, lastActiveOn }) =>
            status === 'active' || (status === null && lastActiveOn !== null && lastActiveOn >= since),
        ),
    );
    const onLeave = owners.filter((one) => one.rows.some((row) => staffOf.get(row)?.status === 'on_leave'));
    const sure = owners.filter(
      (one) =>
        one.active === true &&
        ![disabled, unseen, onLeave].some((list) => list.includes(one)) &&
        !doubtful.has(one.key),
    );
    const maybe = owners.filter((one) => one.active !== false && !sure.includes(one));
    const persons = (list: readonly (typeof owners)[number][]) =>
      new Set(list.map((one) => one.rows.map((row) => staffOf.get(row)).find(Boolean) ?? one.key)).size;
    const unknown = accounts.filter((one) => one.role === null);
    const evidence = [...read.evidence, ...owners.map((one) => read.cite(one.row, roleWords(one)))];
    const items = accounts
      .filter(isOwner)
      .map((one) =>
        accountItem(
          one,
          gone.has(one.key)
            ? `${roleWords(one)}, has left`
            : one.active === false && !one.invited
              ? `${roleWords(one)}, suspended`
              : roleWords(one),
          read,
        ),
      );
    if (persons(sure) < 2) {
      const lost = accounts.filter((one) => isOwner(one) && gone.has(one.key));
      const leftWords = lost.length > 0 ? ` ${labels(lost)} ${verb(lost.length, 'has', 'have')} left.` : '';
      if (unknown.length > 0)
        return because('accounts.owner_succession.roles_unknown', unknownRoles(unknown, accounts)).cannotRead(
          ROLE_QUESTION,
          evidence,
        );
      if (persons([...sure, ...maybe]) >= 2) {
        const unstated = maybe.filter((one) => one.active === null);
        const arriving = maybe.filter((one) => early.has(one.key));
        const unmatched = maybe.filter((one) => doubtful.has(one.key) && !early.has(one.key));
        const blocked = maybe.filter((one) => disabled.includes(one));
        const reasons = [
          ...(unstated.length > 0
            ? [`The members file does not say whether ${labels(unstated)} accepted the invitation.`]
            : []),
          ...(unseen.length > 0
            ? [
                `The members file gives no status of ${labels(unseen)}, and no use in the last ${SEEN_DAYS} days, so ${verb(unseen.length, 'the account', 'these accounts')} may be suspended.`,
              ]
            : []),
          ...(unmatched.length > 0
            ? [
                `Whether ${labels(unmatched)} still ${verb(unmatched.length, 'works', 'work')} here is not certain according to the roster.${part === null ? '' : ` ${part.reason}`}`,
              ]
            : []),
          ...(arriving.length > 0
            ? [
                `According to the roster, ${names(arriving.map((one) => `${one.label} ${early.get(one.key) ?? ''}`))}.`,
              ]
            : []),
          ...(blocked.length > 0
            ? [
                `The Entra file shows the ${blocked.length === 1 ? 'account' : 'accounts'} of ${labels(blocked)} as disabled.`,
              ]
            : []),
        ];
        const away = maybe.filter((one) => onLeave.includes(one));
        if (away.length > 0)
          reasons.push(`${labels(away)} ${verb(away.length, 'is', 'are')} on leave according to the roster.`);
        return because(
          'accounts.owner_succession.may_not_act',
          `It is not known whether ${labels(maybe)} can act as owner. ${reasons.join(' ')}${leftWords}`,
          { unstated: unstated.map(({ key }) => key), unmatched: unmatched.map(({ key }) => key) },
        ).cannotRead(
          askAll([
            ...(unstated.length + unseen.length > 0 ? [WITH_STATUS] : []),
            ...(unmatched.length > 0 ? [part?.ask ?? CONFIRM] : []),
            ...(arriving.length > 0 ? [NOT_BEGUN] : []),
            ...(blocked.length > 0 ? [ENABLED] : []),
            ...(away.length > 0 ? [ON_LEAVE] : []),
          ]),
          evidence,
        );
      }
      const now =
        sure.length + maybe.length === 0
          ? 'No one on the roster can act as owner'
          : `Only ${labels([...sure, ...maybe])} can act as owner`;
      return because(
        'accounts.owner_succession.alone',
        `${now}. If that account is lost, no one can manage Claude.${leftWords}`,
      ).fail(evidence, items);
    }
    const lost = accounts.filter((one) => one.role === 'primary_owner' && gone.has(one.key));
    if (lost.length > 0)
      return because(
        'accounts.owner_succession.primary_left',
        `The Primary Owner, ${labels(lost)}, has left. Only that account can hand over ownership, which has to be done before it is closed.`,
      ).fail(evidence, items);
    const question = ask(
      'charter',
      'recoveryPlan',
      'Write how to recover the Primary Owner account (who holds the mailbox, who may reset it) under `recoveryPlan` in the charter.',
    );
    const two = `${count(sure.length, 'owner')} can act: ${labels(sure)}.`;
    const why = 'Only the Primary Owner can hand over ownership, so losing that one account needs a plan';
    if (!charter.ok)
      return because('accounts.owner_succession.no_charter', `${two} ${why}. ${charter.why}`).cannotRead(
        question,
        evidence,
      );
    const primary = accounts.filter((one) => one.role === 'primary_owner');
    const lostWith = primary.flatMap(({ key, label }) => [key, label]);
    const written = charter.value.recoveryPlan;
    if (!written || saysNoPlan(written) || asksOnlyOwner(written, lostWith))
      return because(
        'accounts.owner_succession.recovery_not_stated',
        `${two} ${why}, and the charter states none.`,
      ).cannotRead(question, evidence);
    const plan = written.toLowerCase();
    const goneInPlan = left.find(({ name }) => /\s/.test(name) && plan.includes(name.toLowerCase()));
    if (goneInPlan !== undefined)
      return because(
        'accounts.owner_succession.recovery_by_leaver',
        `${two} ${why}, and the plan in the charter names ${goneInPlan.name}, who has left.`,
        { person: goneInPlan.key },
      ).cannotRead(question, [
        ...evidence,
        ...goneInPlan.evidence,
        charter.cite('recoveryPlan', 'recovery plan'),
      ]);
    return because(
      'accounts.owner_succession.recovery_stated',
      `${two} The charter says how to recover the Primary Owner account.`,
    ).pass([...evidence, charter.cite('recoveryPlan', 'recovery plan')]);
  }),
});
// Guide: G2.1-01 G2.2-11

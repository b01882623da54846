import { z } from 'zod';
import { isWithoutMicrosoft } from '../../model/offered.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { type Departed, ofThisLeaving, whoHasLeft } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { seatWords } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { staffNotHeld } from '../microsoft/entra-account.ts';
import { because } from '../outcome.ts';
import { removalOf } from './offboarding.ts';
import { maybeLeavers, PEOPLE_DAYS, readPeople, staffUnknown } from './people-files.ts';
import { readSetting, unexpected } from './settings.ts';

/**
 * With just-in-time sign-in, Claude adds anyone who signs in and removes no one. A leaver removed only in Claude comes
 * back at the next sign-in; one blocked only in the identity provider keeps the seat.
 */
export const jitLeavers = defineRule({
  name: 'jit-leavers',
  about:
    'If people join just in time, no one who left holds a seat in Claude or can sign in at the identity provider.',
  needs: {
    members: ['name', 'status', 'seat'],
    roster: ['name', 'endsOn'],
    entra_users: ['name', 'enabled'],
  },
  failsFromPart: ['members', 'roster', 'entra_users'],
  params: z.strictObject({}),
  decide(context) {
    const mode = provisioning(context);
    if ('state' in mode) return mode;
    const files = readPeople(context);
    if (!files.ok) return files.outcome;
    const { people, membersOn } = files;
    const { journal, today } = context;
    const gone = whoHasLeft(context, context.read('roster', PEOPLE_DAYS));
    if (gone.length === 0) {
      const stated = journal.ok && journal.value.offboardings !== undefined;
      if (!stated)
        return because(
          'accounts.jit_leavers.no_leavers_named',
          'Neither the roster nor the journal names anyone who has left, so there is no one to check in both places.',
        ).cannotRead(
          ask(
            'source',
            'roster',
            'Import a roster with the people who have left, or list them under `offboardings` in the journal; an empty list is a valid answer.',
            'with_leavers',
          ),
          [...mode.evidence, ...people.restsOn],
        );
      const unknown = staffUnknown(context);
      if (unknown) return unknown;
      return because(
        'accounts.jit_leavers.none_left',
        'According to the roster and the journal no one has left, so no one had to be removed.',
      ).pass([...mode.evidence, ...people.restsOn, journal.cite('offboardings', 'no one has left')]);
    }
    const seated = new Map(people.leavers.map((one) => [one.key, one]));
    const wrong: Item[] = [];
    const unknown: Item[] = [];
    const soon: { item: Item; due: string }[] = [];
    const evidence: Evidence[] = [...mode.evidence, ...people.restsOn];
    for (const one of gone) {
      const item = (detail: string, more: readonly Evidence[] = []): Item => ({
        key: one.key,
        label: one.name,
        detail,
        evidence: [...one.evidence, ...more],
      });
      const held = [...seated.values()]
        .filter((s) => s.staff === one.row || one.addresses.has(s.key))
        .map((seat) => ({
          seat,
          removal: removalOf(context, seat.member.email, people.addressesOf(seat.member), membersOn),
        }));
      const left = held.filter(({ removal }) => removal.stage !== 'removed');
      const first = left.find(({ removal }) => removal.stage === 'open') ?? left[0];
      if (first === undefined) evidence.push(...held.flatMap(({ removal }) => removal.evidence));
      else {
        const { seat, removal } = first;
        if (removal.stage === 'not_due')
          soon.push({ item: item(removal.words, removal.evidence), due: removal.due ?? today });
        else if (removal.stage === 'newer_file') unknown.push(item(removal.words, removal.evidence));
        else
          wrong.push(
            item(`still ${seatWords(seat.member)} in Claude; ${removal.words}`, [
              ...seat.evidence,
              ...removal.evidence,
            ]),
          );
        continue;
      }
      const blocked = identityOf(context, one);
      if (blocked.is === 'open') wrong.push(item(blocked.words, blocked.evidence));
      else if (blocked.is === 'unknown') unknown.push(item(blocked.words, blocked.evidence));
      evidence.push(...blocked.evidence);
    }
    const list = (items: readonly Item[]) => names(items.map((i) => `${i.label} (${i.detail})`));
    if (wrong.length > 0)
      return because(
        'accounts.jit_leavers.not_removed',
        `${wrong.length} of ${count(gone.length, 'person', 'people')} who left ${verb(wrong.length, 'is', 'are')} not removed in both places: ${list(wrong)}.`,
      ).fail(evidence, wrong);
    const resembling = maybeLeavers(context);
    if (resembling) return resembling;
    if (unknown.length > 0)
      return because(
        'accounts.jit_leavers.removal_unknown',
        `For ${unknown.length} of ${count(gone.length, 'person', 'people')} who left it is not known whether both places are closed: ${list(unknown)}.`,
      ).cannotRead(
        isWithoutMicrosoft(context.profile)
          ? ask(
              'journal',
              'offboardings',
              'Record for each of them under `offboardings` in the journal when the account was disabled where they sign in (`entraDisabled`) and when they were removed from Claude (`claudeRemoved`).',
              'both_days',
            )
          : ask(
              'source',
              'entra_users',
              'Import the Entra users and the members as they are now, or record both days of each person under `offboardings` in the journal.',
              'with_members',
            ),
        evidence,
        unknown,
      );
    if (soon.length > 0)
      return because(
        'accounts.jit_leavers.in_progress',
        `The offboarding of ${names(soon.map(({ item }) => item.label))} is in progress and not yet due.`,
      ).pending(
        soon.map(({ due }) => due).sort()[0] ?? today,
        evidence,
        soon.map(({ item }) => item),
      );
    const unsure = staffUnknown(context);
    if (unsure) return unsure;
    return because(
      'accounts.jit_leavers.all_removed',
      `${count(gone.length, 'person', 'people')} who left checked: none holds a seat, and none can sign in at the identity provider.`,
    ).pass(evidence);
  },
});

const TITLE = 'how people are provisioned';
/** Codes of settings that contradict themselves or were changed since. */
const OPEN = new Set(['accounts.settings.changed_since', 'accounts.settings.two_values']);

/** How people join: the enforced setting if there is one, else what the charter states. */
function provisioning(context: CheckContext): Outcome | { readonly evidence: readonly Evidence[] } {
  const setting = readSetting(context, 'sso_provisioning_mode', TITLE);
  if (setting.ok && typeof setting.value === 'string') {
    if (setting.value.startsWith('jit')) return { evidence: setting.evidence };
    if (!/^(scim|login)_/.test(setting.value)) return unexpected(TITLE, setting.evidence);
    return because(
      'accounts.jit_leavers.joins_otherwise',
      'People do not join just in time at sign-in; the settings file shows a different way.',
    ).notApplicable(setting.evidence);
  }
  // What the charter intends does not settle what the settings leave open.
  if (!setting.ok && OPEN.has(setting.outcome.code)) return setting.outcome;
  const question = ask(
    'charter',
    'provisioning',
    'State `provisioning` in the charter: invite, jit or scim.',
  );
  const { charter } = context;
  if (!charter.ok)
    return because(
      'accounts.jit_leavers.no_charter',
      `It is not known how people join Claude. ${charter.why}`,
    ).cannotRead(question);
  const mode = charter.value.provisioning;
  if (!mode)
    return because(
      'accounts.jit_leavers.provisioning_not_stated',
      'The charter does not say how people join Claude.',
    ).cannotRead(question);
  const cite = [charter.cite('provisioning', `provisioning: ${mode}`)];
  if (mode === 'jit') return { evidence: cite };
  return because(
    'accounts.jit_leavers.provisioning_otherwise',
    `The charter states that people join Claude by ${mode === 'invite' ? 'invitation' : 'directory sync'}, not just in time at sign-in.`,
    { mode },
  ).notApplicable(cite);
}

type Door = {
  readonly is: 'closed' | 'open' | 'unknown';
  readonly words: string;
  readonly evidence: readonly Evidence[];
};

/** Whether the identity provider still lets a leaver sign in: according to the Entra file, then the journal. */
function identityOf(context: CheckContext, one: Departed): Door {
  const users = context.read('entra_users', PEOPLE_DAYS);
  const { journal, today } = context;
  const entries = journal.ok ? (journal.value.offboardings ?? []) : [];
  const index = entries.findIndex(
    (entry) =>
      one.addresses.has(entry.email) &&
      ofThisLeaving(entry, one.row) &&
      entry.entraDisabled !== undefined &&
      entry.entraDisabled <= today,
  );
  const disabledOn = index < 0 ? undefined : entries[index]?.entraDisabled;
  const stated: readonly Evidence[] =
    disabledOn && journal.ok
      ? [
          journal.cite(
            `offboardings.${index}.entraDisabled`,
            `Entra account disabled ${dayWords(disabledOn)}`,
          ),
        ]
      : [];
  if (users.ok) {
    const hits = users.rows.filter(
      (user) =>
        [user.upn, user.mail, ...user.aliases].some((text) => text && one.addresses.has(address(text))) ||
        (one.row?.employeeId && user.employeeId === one.row.employeeId),
    );
    const cite = hits.map((user) =>
      users.cite(
        user,
        `account enabled: ${user.enabled === null ? 'not reported' : user.enabled ? 'yes' : 'no'}`,
      ),
    );
    const enabled = hits.find((user) => user.enabled === true);
    if (enabled) {
      const newer =
        disabledOn && disabledOn >= users.observedOn
          ? disabledOn
          : one.lastDay && one.lastDay >= users.observedOn
            ? one.lastDay
            : null;
      if (newer)
        return {
          is: 'unknown',
          words: `the Entra file is from ${dayWords(users.observedOn)}, before ${dayWords(newer)}`,
          evidence: [...cite, ...stated],
        };
      return {
        is: 'open',
        words: 'the Entra account is still enabled, so a sign-in would add the seat again',
        evidence: cite,
      };
    }
    if (hits.some((user) => user.enabled === null) && !disabledOn)
      return {
        is: 'unknown',
        words: 'the Entra file does not say whether the account is enabled',
        evidence: cite,
      };
    // Disabled before the last day may mean enabled again since.
    if (hits.length > 0 && !disabledOn && one.lastDay !== null && one.lastDay > users.observedOn)
      return {
        is: 'unknown',
        words: `the Entra file is from ${dayWords(users.observedOn)}, before the last day ${dayWords(one.lastDay)}`,
        evidence: cite,
      };
    if (hits.length > 0) return { is: 'closed', words: 'disabled', evidence: [...cite, ...stated] };
    if (one.addresses.size > 0 && !(one.lastDay !== null && one.lastDay >= users.observedOn)) {
      // If the list lacks current staff, such as a list of licensed accounts, a missing account does not prove that it
      // is gone.
      const roster = context.read('roster', PEOPLE_DAYS);
      if (roster.ok && staffNotHeld(context, roster, users.rows).length === 0)
        return { is: 'closed', words: 'not in the Entra file', evidence: users.evidence };
      if (!disabledOn)
        return {
          is: 'unknown',
          words: 'not in the Entra file, which does not hold all current staff either',
          evidence: users.evidence,
        };
    }
  }
  if (disabledOn)
    return {
      is: 'closed',
      words: `disabled on ${dayWords(disabledOn)} according to the journal`,
      evidence: stated,
    };
  return { is: 'unknown', words: 'nothing shows whether the sign-in is blocked', evidence: [] };
}
// Guide: G2.2-12 G6.6-01 G6.6-03

import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { lastTogether } from '../connectors/events.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { maybeLeavers, openSeats, personItem, rosterInPart, staffUnknown } from './people-files.ts';
import { readSetting, unexpected } from './settings.ts';

/** Sign-in to Claude goes through the client's identity provider and nowhere else. */
export const ssoRequired = defineRule({
  name: 'sso-required',
  about:
    'Reads the enforced setting that sign-in to Claude must use single sign-on. Having single sign-on set up is not enough.',
  params: z.strictObject({}),
  decide(context) {
    const title = 'whether single sign-on is required for Claude';
    const required = readSetting(context, 'sso_claude_ai_enforced', title);
    if (!required.ok) return required.outcome;
    const setUp = readSetting(context, 'sso_enabled', 'single sign-on');
    if (required.value === true && setUp.ok && setUp.value === false)
      return because(
        'accounts.identity.sso_required_and_off',
        'Single sign-on is required and switched off at the same time, so whether anyone has to sign in through our identity provider is not known.',
      ).changedOn(readOn(setUp.evidence), SETTING_QUESTION, [...required.evidence, ...setUp.evidence]);
    // A value of an unknown kind does not show that it is on.
    if (required.value === true && setUp.ok && setUp.value !== true)
      return unexpected('single sign-on', setUp.evidence);
    const around = required.value === true ? otherSignIn(context, required.evidence) : null;
    if (around) return around;
    if (required.value === true)
      return because(
        'accounts.identity.sso_required',
        'Single sign-on is required: everyone signs in to Claude through our identity provider.',
      ).pass(required.evidence);
    if (required.value !== false) return unexpected(title, required.evidence);
    const words =
      setUp.ok && setUp.value === true
        ? 'Single sign-on is set up but not required: a person can still sign in with an emailed link, which bypasses MFA and a disabled account.'
        : 'Single sign-on is not required: a person can sign in with an emailed link, which bypasses MFA and a disabled account.';
    return because('accounts.identity.sso_not_required', words).fail([
      ...required.evidence,
      ...(setUp.ok ? setUp.evidence : []),
    ]);
  },
});

/** Ways to sign in that required single sign-on prevents, in words. */
const OTHER_WAYS: Readonly<Record<string, string>> = {
  magic_link_login_succeeded: 'by mail link',
  social_login_succeeded: 'with a social account',
};

/**
 * A sign-in at our domains in another way after the settings were read, which required single sign-on would have
 * prevented.
 */
function otherSignIn(context: CheckContext, evidence: readonly Evidence[]): Outcome | null {
  const settings = context.read('settings');
  const events = context.events();
  if (!settings.ok || !events.ok) return null;
  const zone = context.profile.timezone;
  const row = events.rows.findLast(
    ({ type, at, actorEmail }) =>
      Object.hasOwn(OTHER_WAYS, type) &&
      actorEmail !== null &&
      placeOf(actorEmail, context.profile.domains).kind === 'own' &&
      dayOf(at, zone) > settings.observedOn,
  );
  if (row === undefined) return null;
  const way = ownValue(OTHER_WAYS, row.type) ?? '';
  const day = dayOf(row.at, zone);
  return because(
    'accounts.identity.signed_in_otherwise',
    `The settings file of ${dayWords(settings.observedOn)} says that single sign-on is required, but ${row.actorEmail} signed in ${way} on ${dayWords(day)}, after that.`,
  ).changedOn(day, ask('source', 'settings', 'Save the settings file again.', 'again'), [
    ...evidence,
    events.cite(row, `signed in ${way}`),
  ]);
}

/** The directory removes people from Claude automatically. */
export const directorySync = defineRule({
  name: 'directory-sync',
  about:
    'Directory sync is on and people are provisioned by it (SCIM), so anyone who is unassigned in the identity provider loses the seat. It passes only if the lists of members and staff show no one who left and kept it.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name', 'endsOn'] },
  failsFromPart: ['members', 'roster'],
  params: z.strictObject({}),
  decide(context) {
    const sync = readSetting(context, 'directory_sync_enabled', 'directory sync');
    if (!sync.ok)
      return keepsLeavers(context, 'Directory sync is to remove people who leave', []) ?? sync.outcome;
    if (sync.value === false)
      return because(
        'accounts.identity.sync_off',
        'Directory sync is off: people who leave keep the seat until someone removes it by hand.',
      ).fail(sync.evidence);
    if (sync.value !== true) return unexpected('directory sync', sync.evidence);
    const mode = readSetting(context, 'sso_provisioning_mode', 'how people are provisioned');
    if (!mode.ok) return { ...mode.outcome, evidence: [...mode.outcome.evidence, ...sync.evidence] };
    const evidence = [...sync.evidence, ...mode.evidence];
    const off = withoutProvider(context, evidence);
    if (off !== null) return off;
    if (mode.value === 'scim_permissive' || mode.value === 'scim_advanced') return synced(context, evidence);
    if (mode.value === 'jit_permissive' || mode.value === 'jit_advanced')
      return because(
        'accounts.identity.joins_just_in_time',
        'Directory sync is on, but people join just in time at sign-in, and that never removes anyone who no longer signs in.',
      ).fail(evidence);
    if (mode.value === 'login_only')
      return because(
        'accounts.identity.joins_by_hand',
        'Directory sync is on, but people are still invited and removed by hand.',
      ).fail(evidence);
    return unexpected('how people are provisioned', evidence);
  },
});

/** Codes of a setting of which a value is given, but not which one is right. */
const OPEN = new Set(['accounts.settings.changed_since', 'accounts.settings.two_values']);

/**
 * Outcome if single sign-on is, or may be, switched off: the directory is that of the identity provider, so without it
 * nothing is synced, whatever else is set. null: it is on, or not reported.
 */
function withoutProvider(context: CheckContext, evidence: readonly Evidence[]): Outcome | null {
  const title = 'single sign-on';
  const provider = readSetting(context, 'sso_enabled', title);
  if (!provider.ok) return OPEN.has(provider.outcome.code) ? provider.outcome : null;
  if (provider.value === true) return null;
  if (provider.value !== false) return unexpected(title, provider.evidence);
  return because(
    'accounts.identity.sync_without_sso',
    'Directory sync is on and single sign-on is switched off at the same time, so whether the identity provider still removes anyone is not known.',
  ).changedOn(readOn(provider.evidence), SETTING_QUESTION, [...evidence, ...provider.evidence]);
}

const SETTING_QUESTION = ask('look', 'setting', 'Look at the setting in Claude and record what you see.');

/** Day of the settings that contradict each other: what a person saw up to then settles nothing. */
function readOn(evidence: readonly Evidence[]): string {
  return (
    evidence
      .map(({ observedOn }) => observedOn)
      .sort()
      .at(-1) ?? ''
  );
}

const RESYNC = /^org_directory_resync_(completed|failed)$/;

/**
 * Fails if leavers still hold a seat, which shows that nothing removes them, whatever is set or stated; null: there are
 * none.
 */
function keepsLeavers(context: CheckContext, said: string, evidence: readonly Evidence[]): Outcome | null {
  const people = context.people();
  const kept = people.leavers.filter(({ member }) => member.role !== 'primary_owner');
  if (kept.length === 0) return null;
  return because(
    'accounts.identity.sync_keeps_leavers',
    `${said}, and ${count(kept.length, 'person', 'people')} who left still ${verb(kept.length, 'holds', 'hold')} a seat: ${names(kept.map(({ name }) => name))}. So it does not remove everyone who leaves.`,
  ).fail([...evidence, ...people.restsOn], kept.map(personItem));
}

/** The setting alone is no proof: a leaver who still holds a seat shows that it does not remove people. */
function synced(context: CheckContext, evidence: readonly Evidence[]): Outcome {
  const on =
    'Directory sync is on and people are provisioned by it. The Primary Owner is exempt from it and must be removed by hand.';
  const keeps = keepsLeavers(context, 'Directory sync is on', evidence);
  if (keeps !== null) return keeps;
  const events = context.events();
  const last = events.ok ? lastTogether(events.rows.filter(({ type }) => RESYNC.test(type))) : [];
  const failed = last.find(({ type }) => type === 'org_directory_resync_failed');
  if (events.ok && failed !== undefined)
    return because(
      'accounts.identity.sync_failed',
      `Directory sync is on, and its last run failed on ${dayWords(dayOf(failed.at, context.profile.timezone))}, so it may not have removed anyone since.`,
    ).changedOn(
      dayOf(failed.at, context.profile.timezone),
      ask(
        'look',
        'directory_sync',
        'Run the directory sync again in Claude and import the events of the days after.',
      ),
      [...evidence, events.cite(failed, 'sync failed')],
    );
  const people = context.people();
  // Without the lists it is not known who left and kept the seat.
  if (!people.ready.ok)
    return because(
      'accounts.identity.sync_not_compared',
      `${on} Whether it removes people who leave was not compared: ${people.ready.why}`,
    ).cannotRead(people.ready.howToGet, evidence);
  const all = [...evidence, ...people.restsOn];
  const resembling = maybeLeavers(context);
  if (resembling) return resembling;
  const seated = openSeats(people);
  return (
    rosterInPart(context) ??
    staffUnknown(context, (row) => seated.has(row)) ??
    because(
      'accounts.identity.sync_removes_leavers',
      `${on} No one who has left according to the roster holds a seat.`,
    ).pass(all)
  );
}
// Guide: G1.1-06 G1.1-08 G1.1-14 G2.2-12 G6.6-00 GB-07 GB-08

import { z } from 'zod';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask, askAll, caseKey } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { attested } from '../attested.ts';
import { absent, because } from '../outcome.ts';
import { connectorApps, NO_SIGN_IN_APP, principalOf, principalsOfClaude, signInApp } from './apps.ts';
import { type CaInput, type Coverage, dueOf, evaluate, statedDay } from './ca.ts';
import { blocks } from './ca-grant.ts';
import { caInput, citePolicies } from './ca-inputs.ts';
import { policyName, REQUIREMENTS } from './ca-policy.ts';
import {
  appWords,
  blockedWords,
  closedIn,
  dedupe,
  gapItems,
  groupByGap,
  holeWords,
  item,
  overdueItems,
  overdueWords,
  type Result,
  touched,
} from './coverage-words.ts';
import { noneAsks } from './none-asks.ts';
import { bypass, onlyThroughEntra, seatsNotInEntra } from './past-entra.ts';
import { type Policies, readPolicies, undecidedBy } from './policies.ts';
import { policiesChangedSince } from './policy-changes.ts';
import { sessionOfClaude } from './session-control.ts';

const params = z.strictObject({
  /** What must be demanded; all of several must be. */
  require: z.array(z.enum(['mfa', 'compliant_device', 'session_control', 'risk_medium', 'risk_high'])).min(1),
  /** all: the sign-in application and the connector's; sign_in: only the former. */
  apps: z.enum(['all', 'sign_in']).default('all'),
  /** If part of it shows only on a screen: what must be seen there. Without that statement, nothing passes. */
  alsoAttested: z.strictObject({ look: z.string().min(1), days: z.number().int().min(1) }).optional(),
  /**
   * Days within which a session of Claude that Defender recorded is cited with a pass. It does not affect the verdict.
   */
  sessionDays: z.number().int().min(1).optional(),
});

export const policyRequires = defineRule({
  name: 'policy-requires',
  about:
    'Works out whether the enabled Conditional Access policies together require something of every Claude member at every Claude application, on all platforms and from everywhere. Report-only policies do not count before they are enabled.',
  params,
  decide(context, given) {
    const policies = readPolicies(context);
    if (!policies.ok) return absent(policies).cannotRead(policies.howToGet);
    const ofClaude = principalsOfClaude(context);
    const whole = context.read('service_principals');
    const unread = (given: Exclude<typeof whole, { ok: true }>) =>
      because(
        'microsoft.policy_requires.principals_unread',
        `${given.why} Without it, it is not known whether Claude’s applications exist in Entra, and a policy applies only to those that do.`,
      ).cannotRead(given.howToGet, policies.evidence);
    const input = caInput(context, policies.rows);
    const none = () => noneAsks(context, given.require, policies, input);
    if ('ok' in ofClaude) return none() ?? unread(ofClaude);
    const { read: principals, lacks } = ofClaude;
    const signIn = signInApp(context, principals);
    const connector = given.apps === 'all' ? connectorApps(principals).map(({ app }) => app) : [];
    const apps = [...(signIn.is === 'present' ? [signIn.app] : []), ...connector];
    const results = apps.flatMap((app) =>
      given.require.map((id) => {
        const requirement = REQUIREMENTS[id];
        return { app, requirement, coverage: evaluate(app.appId, requirement, input) };
      }),
    );
    const words = given.require.map((id) => REQUIREMENTS[id].words).join(' and ');
    const around = bypass(context);
    if (signIn.is === 'absent' || (around && around.changedOn === undefined))
      return noSight(
        signIn.is === 'absent' ? signIn : null,
        around,
        lacks === null ? results : failingOf(results),
        policies,
        words,
        input,
      );
    if (lacks !== null) {
      // That no policy reaches an existing application is certain, whatever else the list contains.
      const found = failingOf(results).length > 0 ? judge(results, policies, words, input) : null;
      return found?.state === 'fail'
        ? { ...found, reason: `${found.reason} ${lacks.why}` }
        : (none() ?? unread(lacks));
    }
    if (signIn.is === 'unknown') {
      if (failingOf(results).length > 0) return judge(results, policies, words, input);
      // Report open questions about the connector too: they also concern the sign-in application.
      const open = results.some(({ coverage }) => coverage.is === 'unknown')
        ? judge(results, policies, words, input)
        : null;
      const unnamed = because(
        'microsoft.policy_requires.sign_in_app_unknown',
        open === null ? signIn.why : `${signIn.why} ${open.reason}`,
      );
      return (
        none() ??
        unnamed.cannotRead(
          askAll([signIn.question, ...(open?.ask ? [open.ask] : [])]),
          [...policies.evidence, ...principals.evidence],
          open?.items ?? [],
        )
      );
    }
    const judged = judge(results, policies, words, input);
    if (judged.state !== 'pass') return judged;
    // A partial list can show that policies miss an application; only the complete list shows that they reach all of
    // them.
    if (!whole.ok) return unread(whole);
    const apart = apps.flatMap(({ appId }) => principalOf(principals, appId) ?? []);
    const outcome = {
      ...judged,
      evidence: [...judged.evidence, ...apart.map((row) => principals.cite(row, `${row.name} in Entra`))],
    };
    if (around?.changedOn !== undefined)
      return because('microsoft.policy_requires.sso_changed', around.why).changedOn(
        around.changedOn,
        ask('source', 'settings', 'Save the settings file again.', 'again'),
        [...outcome.evidence, ...around.evidence],
      );
    const file = context.read('ca_policies');
    const changed = file.ok ? policiesChangedSince(context, file.observedOn, { thatDay: false }) : null;
    if (file.ok && changed !== null)
      return because(
        'microsoft.policy_requires.changed_since',
        `Since the Conditional Access policies of ${dayWords(file.observedOn)} and what they use were read, ${changed.words}, so whether they still demand ${words} is not known.`,
      ).changedOn(
        changed.on,
        ask(
          'source',
          'ca_policies',
          'Save the Conditional Access policies again, with the named locations and the groups that they use.',
          'again',
        ),
        [...outcome.evidence, ...changed.evidence],
      );
    if (!onlyThroughEntra(context))
      return because(
        'microsoft.policy_requires.sso_unknown',
        `${outcome.reason} It is not known whether Claude also lets people sign in without Entra.`,
      ).cannotRead(
        ask(
          'charter',
          'ssoRequired',
          'State “ssoRequired” in the charter: true if Claude requires single sign-on.',
        ),
        outcome.evidence,
      );
    const unknown = seatsNotInEntra(context);
    if (unknown.length > 0)
      return because(
        'microsoft.policy_requires.seats_not_in_entra',
        `${count(unknown.length, 'seat holder has', 'seat holders have')} no account in the Entra users file: ${names(unknown, 4)}. No policy there can ask them for ${words}. ${outcome.reason}`,
      ).cannotRead(
        ask(
          'source',
          'entra_users',
          'Import the Entra users of every tenant that members sign in with, or the settings that show that Claude requires single sign-on.',
          'of_every_tenant',
        ),
        outcome.evidence,
      );
    const decided = given.alsoAttested
      ? both(outcome, attested.decide(context, given.alsoAttested))
      : outcome;
    return given.sessionDays === undefined ? decided : withSession(context, decided, given.sessionDays);
  },
});

/** Applications that policies leave open, whatever the outcome for the others. */
function failingOf(results: readonly Result[]): readonly Result[] {
  return results.filter(({ coverage }) => coverage.is === 'gap' || coverage.is === 'overdue');
}

/** Adds to a pass the newest session of Claude that went through Defender, if one was read. */
function withSession(context: CheckContext, outcome: Outcome, days: number): Outcome {
  const { now, today, profile, catalogue } = context;
  const events = context.read('cloud_app_events');
  if (outcome.state !== 'pass' || !events.ok) return outcome;
  const session = sessionOfClaude(events, { now, today, zone: profile.timezone, days, catalogue });
  return session === null
    ? outcome
    : { ...outcome, evidence: [...outcome.evidence, events.cite(session, 'session through Defender')] };
}

function noSight(
  signIn: { why: string; evidence: Outcome['evidence'] } | null,
  around: { why: string; evidence: Outcome['evidence'] } | null,
  results: readonly Result[],
  policies: Policies,
  words: string,
  input: CaInput,
): Outcome {
  const rest = results.filter(({ app }) => app.kind === 'connector');
  const connector = rest.length === 0 ? null : judge(rest, policies, words, input);
  const also = connector
    ? connector.state === 'pass'
      ? `At the Microsoft 365 connector it holds.`
      : `At the Microsoft 365 connector: ${connector.reason}`
    : '';
  const why = signIn ? `${signIn.why} ${NO_SIGN_IN_APP}` : (around?.why ?? '');
  return because(
    'microsoft.policy_requires.past_entra',
    [why, also].filter((text) => text !== '').join(' '),
  ).fail(
    [...(signIn?.evidence ?? []), ...(around?.evidence ?? []), ...policies.evidence],
    connector?.state === 'pass' ? [] : (connector?.items ?? []),
  );
}

function judge(results: readonly Result[], policies: Policies, words: string, input: CaInput): Outcome {
  if (results.length === 0)
    return because(
      'microsoft.policy_requires.not_in_entra',
      'None of the Claude applications exists in Entra.',
    ).notApplicable(policies.evidence);
  const of = <S extends Coverage['is']>(is: S) =>
    results.filter((r): r is Result & { coverage: Extract<Coverage, { is: S }> } => r.coverage.is === is);
  const overdue = of('overdue');
  const gaps = of('gap');
  const blocked = of('blocked');
  const unknown = of('unknown');
  const waiting = of('pending');
  const covered = of('covered');
  // An additional policy can only ask for more: it never weakens what holds, and may close a gap.
  const open = overdue.length + gaps.length + unknown.length + waiting.length;
  // A blocked connector needs nothing more; but if everyone is blocked from signing in to Claude, nothing is enforced.
  const shut = blocked.filter(({ app }) => app.kind === 'sign_in' || covered.length === 0);
  if (policies.unread.length > 0 && shut.length === 0 && open > 0)
    return undecidedBy(judge(results, { ...policies, unread: [] }, words, input), policies, policies.unread);
  if (overdue.length + gaps.length + shut.length > 0) {
    const items = dedupe([
      ...shut.flatMap((r) => r.coverage.by.map((policy) => item(policy, 'Blocks everyone.', policies))),
      ...overdue.flatMap((r) => overdueItems(r, policies)),
      ...gaps.flatMap((r) => gapItems(r, policies)),
      ...unknown.flatMap((r) => gapItems(r, policies)),
    ]);
    const sentences = [
      ...(shut.length > 0
        ? [`${blockedWords(shut.map(closedIn))}, so no one gets in there and no one is asked for ${words}.`]
        : []),
      ...new Set(overdue.map((r) => overdueWords(r.coverage.by[0], r.coverage.due, input))),
      ...groupByGap(gaps, policies),
    ];
    return because('microsoft.policy_requires.not_required', sentences.join(' ')).fail(
      citePolicies(policies, touched(results)),
      items,
    );
  }
  if (unknown.length > 0) {
    const items = dedupe(unknown.flatMap((r) => gapItems(r, policies)));
    const listed = [...new Set(unknown.flatMap((r) => r.coverage.holes.map(holeWords)))];
    const more = listed.length > 3 ? ` And ${listed.length - 3} more.` : '';
    return because(
      'microsoft.policy_requires.unknown',
      `${[`Whether everyone is asked for ${words} at ${appWords(unknown)} cannot be determined.`, ...listed.slice(0, 3)].join(' ')}${more}`,
    ).cannotRead(
      askAll(unknown.map((r) => r.coverage.question)),
      citePolicies(policies, touched(results)),
      items,
    );
  }
  if (waiting.length > 0) {
    const by = [...new Set(waiting.flatMap((r) => r.coverage.by))];
    const due = waiting.reduce((day, r) => (r.coverage.due > day ? r.coverage.due : day), '');
    const left = by.some((p) => p.excludePlatforms.length > 0)
      ? ` While it only reports it leaves out ${names([...new Set(by.flatMap((p) => p.excludePlatforms))])}, as Microsoft advises; take them in when it is enabled.`
      : '';
    const out = [...new Set(waiting.flatMap((r) => r.coverage.holes.map(holeWords)))];
    const whom = out.slice(0, 3).map((sentence) => ` ${sentence}`);
    const more = out.length > 3 ? ` And ${out.length - 3} more.` : '';
    const stated = by.some((policy) => dueOf(policy, input) === due && statedDay(policy, input) !== null);
    const until = stated
      ? `Report-only until ${dayWords(due)}: ${names(by.map(policyName))}.`
      : `Report-only without a day on which it ends: ${names(by.map(policyName))}. The two weeks that a trial may take end on ${dayWords(due)}.`;
    return because(
      'microsoft.policy_requires.report_only',
      `${until} Until then ${words} is not required of everyone at ${appWords(waiting)}.${whom.join('')}${more}${left}`,
    ).pending(
      due,
      citePolicies(policies, by),
      by.map((p) => item(p, `Is in report-only; to be enabled by ${dayWords(due)}.`, policies)),
    );
  }
  const by = [...new Set(covered.flatMap((r) => r.coverage.by))];
  const left = [
    ...new Set(covered.flatMap((r) => r.coverage.leftOut.map((e) => input.directory.label(e.id)))),
  ];
  const counted = covered.map((r) => r.coverage.counted).find((n) => n !== null);
  const whom = counted
    ? `all ${count(counted, 'seat holder')}, found one by one in the groups that they name`
    : 'everyone';
  const out = left.length > 0 ? ` Left out on purpose, as the charter states: ${names(left)}.` : '';
  const closed = blocked.length > 0 ? ` ${blockedWords(blocked.map(closedIn))}.` : '';
  const besides = covered.filter(({ coverage }) => coverage.closedBy.length > 0);
  const beside =
    besides.length > 0
      ? ` ${blockedWords(besides.map((r) => ({ app: r.app, by: r.coverage.closedBy })))} besides, so no one gets in there.`
      : '';
  const some = by.some(blocks) ? ' or keep out those whom they do not ask' : '';
  return because(
    'microsoft.policy_requires.required',
    `${names(by.map(policyName), 5)} ${by.length === 1 ? 'requires' : 'together require'} ${words} of ${whom} at ${appWords(covered)}${some}, on every platform and from everywhere.${out}${closed}${beside} This covers sign-ins through Entra.`,
  ).pass(citePolicies(policies, by));
}

/** Combines a pass of the Entra half with what a person saw of the other half. */
function both(entra: Outcome, seen: Outcome): Outcome {
  const reason = `The Entra half is in place: ${entra.reason}`;
  const evidence = [...entra.evidence, ...seen.evidence];
  if (seen.state === 'cannot_read')
    return because(
      'microsoft.policy_requires.other_half_unseen',
      `${reason} The other half shows only in the portal. ${seen.reason}`,
    ).cannotRead(seen.ask ?? null, evidence);
  return {
    ...seen,
    params: { ...seen.params, entra: caseKey(entra) },
    reason: `${reason} ${seen.reason}`,
    evidence,
  };
}

// Guide: G1.2-02 G1.2-05 G1.2-06 G1.2-11 G3.2-03 G4.1-05 G4.3-00 G4.3-01 G4.3-02 G4.4-03 G4.4-08 G5.4-00
// Guide: G5.4-03 G6.1-08 G6.2-01 G6.2-02 G6.2-03 G6.2-04 G6.2-05 G6.2-06 G6.2-08 G6.3-00 G6.3-02 G6.3-03
// Guide: G6.3-04 G6.3-05 G6.3-06 G6.4-00 G6.4-01 G6.4-02 G6.4-03 G6.4-04 G6.4-05 G6.4-06 G6.4-07 G6.4-08
// Guide: G6.4-09 G6.5-00 G6.5-01 G6.5-02 G6.5-03 G6.5-04 G6.5-05 G6.5-06 GA-10 GA-11 GA-12 GB-03 GB-04

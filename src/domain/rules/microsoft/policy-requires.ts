import { z } from 'zod';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { address, domainOf } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask, askAll, caseKey } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { placeOf } from '../accounts/addresses.ts';
import { attested } from '../attested.ts';
import { absent, because } from '../outcome.ts';
import { type ClaudeApp, connectorApps, NO_SIGN_IN_APP, principalOf, signInApp } from './apps.ts';
import { type CaInput, type Coverage, evaluate } from './ca.ts';
import { blocks } from './ca-grant.ts';
import { caInput, citePolicies } from './ca-inputs.ts';
import type { Hole } from './ca-people.ts';
import { policyKey, policyName, REQUIREMENTS, type Requirement } from './ca-policy.ts';
import { userKeys } from './directory.ts';
import { type Policies, readPolicies, undecidedBy } from './policies.ts';

const params = z.strictObject({
  /** What must be demanded; several must all hold. */
  require: z.array(z.enum(['mfa', 'compliant_device', 'session_control', 'risk_medium', 'risk_high'])).min(1),
  /** all: the sign-in application and the connector's; sign_in: only the former. */
  apps: z.enum(['all', 'sign_in']).default('all'),
  /** Where part of it shows only on a screen: what must be seen there. Without that statement nothing passes. */
  alsoAttested: z.strictObject({ look: z.string().min(1), days: z.number().int().min(1) }).optional(),
});

interface Result {
  readonly app: ClaudeApp;
  readonly requirement: Requirement;
  readonly coverage: Coverage;
}

export const policyRequires = defineRule({
  name: 'policy-requires',
  about:
    'Works out whether the enabled Conditional Access policies together demand something of every Claude member at every Claude application, on all platforms and from everywhere. Report-only policies do not count before they are enabled.',
  params,
  decide(context, given) {
    const policies = readPolicies(context);
    if (!policies.ok) return absent(policies).cannotRead(policies.howToGet);
    const principals = context.read('service_principals');
    if (!principals.ok)
      return because(
        'microsoft.policy_requires.principals_unread',
        `${principals.why} Without it nobody can tell whether Claude's applications exist in Entra, and a policy acts only on those that do.`,
      ).cannotRead(principals.howToGet, policies.evidence);
    const signIn = signInApp(context, principals);
    const connector = given.apps === 'all' ? connectorApps(principals).map(({ app }) => app) : [];
    const apps = [...(signIn.is === 'present' ? [signIn.app] : []), ...connector];
    const input = caInput(context, policies.rows);
    const results = apps.flatMap((app) =>
      given.require.map((id) => {
        const requirement = REQUIREMENTS[id];
        return { app, requirement, coverage: evaluate(app.appId, requirement, input) };
      }),
    );
    const words = given.require.map((id) => REQUIREMENTS[id].words).join(' and ');
    const around = bypass(context);
    if (signIn.is === 'absent' || around)
      return noSight(signIn.is === 'absent' ? signIn : null, around, results, policies, words, input);
    if (signIn.is === 'unknown') {
      const failing = results.filter(({ coverage }) => coverage.is === 'gap' || coverage.is === 'overdue');
      if (failing.length > 0) return judge(results, policies, words, input);
      return because('microsoft.policy_requires.sign_in_app_unknown', signIn.why).cannotRead(
        signIn.question,
        [...policies.evidence, ...principals.evidence],
      );
    }
    const judged = judge(results, policies, words, input);
    if (judged.state !== 'pass') return judged;
    const apart = apps.flatMap(({ appId }) => principalOf(principals, appId) ?? []);
    const outcome = {
      ...judged,
      evidence: [...judged.evidence, ...apart.map((row) => principals.cite(row, `${row.name} in Entra`))],
    };
    if (!onlyThroughEntra(context))
      return because(
        'microsoft.policy_requires.sso_unknown',
        `${outcome.reason} Whether Claude also lets people in past Entra is not known.`,
      ).cannotRead(
        ask(
          'charter',
          'ssoRequired',
          'State "ssoRequired" in the charter: true where Claude requires single sign-on.',
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
          'Bring the Entra users of every tenant that members sign in with, or the settings that show that Claude requires single sign-on.',
          'of_every_tenant',
        ),
        outcome.evidence,
      );
    return given.alsoAttested ? both(outcome, attested.decide(context, given.alsoAttested)) : outcome;
  },
});

/**
 * Seat holders at a domain of ours of which the Entra users file holds nobody, as after a merger of two tenants. Where the
 * settings show that Claude requires single sign-on, nobody gets in without an account there. Who stands alone with an
 * address that Entra does not know is a question of other controls.
 */
function seatsNotInEntra(context: CheckContext): readonly string[] {
  const users = context.read('entra_users');
  const members = context.read('members');
  if (!users.ok || !members.ok || ssoInSettings(context)) return [];
  const known = new Set(users.rows.flatMap((user) => userKeys(user).map(domainOf)));
  const seats = members.rows.filter(holdsSeat);
  const unknown = seats.filter(
    ({ email }) =>
      placeOf(email, context.profile.domains).kind === 'own' && !known.has(domainOf(address(email))),
  );
  return unknown.length === seats.length ? [] : unknown.map(({ name, email }) => name ?? email);
}

/** Single sign-on is required, by the settings or by the charter; whether Claude really asks is a control of its own. */
function onlyThroughEntra(context: CheckContext): boolean {
  return ssoInSettings(context) || (context.charter.ok && context.charter.value.ssoRequired === true);
}

function ssoInSettings(context: CheckContext): boolean {
  const settings = context.read('settings');
  const rows = settings.ok ? settings.rows : [];
  const required = rows.filter(({ name }) => name === 'sso_claude_ai_enforced');
  // Of several linked organizations each has to require it: the one that does not is the way past Entra.
  const organizations = new Set(rows.map(({ organization }) => organization)).size;
  return (
    required.length > 0 && required.length === organizations && required.every(({ value }) => value === true)
  );
}

/** Ways into Claude that do not pass Entra, where a source says that they are open. */
export function bypass(context: CheckContext): { why: string; evidence: Outcome['evidence'] } | null {
  const settings = context.read('settings');
  const row = settings.ok
    ? settings.rows.find((r) => r.name === 'sso_claude_ai_enforced' && r.value === false)
    : undefined;
  if (settings.ok && row !== undefined)
    return {
      why: 'Claude does not require single sign-on, so members can sign in past Entra, where no policy sees them.',
      evidence: [settings.cite(row, 'single sign-on not required')],
    };
  if (context.charter.ok && context.charter.value.ssoRequired === false)
    return {
      why: 'The charter states that single sign-on is not required, so members can sign in to Claude past Entra, where no policy sees them.',
      evidence: [context.charter.cite('ssoRequired', 'not required')],
    };
  return null;
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
  // A policy more can only ask for more: it never loosens what holds, and may close what is open.
  const open = overdue.length + gaps.length + unknown.length + waiting.length;
  // A connector that nobody may use needs nothing more; where nobody signs in to Claude, nothing is enforced.
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
        ? [`${blockedWords(shut.map(closedIn))}, so nobody gets in there and nobody is asked for ${words}.`]
        : []),
      ...new Set(overdue.map((r) => overdueWords(r.coverage.by[0], r.coverage.due))),
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
    return because(
      'microsoft.policy_requires.report_only',
      `Report-only until ${dayWords(due)}: ${names(by.map(policyName))}. Until then nobody is held to ${words} at ${appWords(waiting)}.${left}`,
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
      ? ` ${blockedWords(besides.map((r) => ({ app: r.app, by: r.coverage.closedBy })))} besides, so nobody gets in there.`
      : '';
  const some = by.some(blocks) ? ' or keep out those whom they do not ask' : '';
  return because(
    'microsoft.policy_requires.required',
    `${names(by.map(policyName), 5)} ${by.length === 1 ? 'holds' : 'together hold'} ${whom} to ${words} at ${appWords(covered)}${some}, on every platform and from everywhere.${out}${closed}${beside} It counts for sign-ins through Entra.`,
  ).pass(citePolicies(policies, by));
}

const closedIn = ({ app, coverage }: Result & { coverage: Extract<Coverage, { is: 'blocked' }> }) => ({
  app,
  by: coverage.by,
});

function blockedWords(
  results: readonly { readonly app: ClaudeApp; readonly by: readonly CaPolicyRow[] }[],
): string {
  const by = [...new Set(results.flatMap((r) => r.by))];
  return `${names(by.map(policyName))} ${by.length === 1 ? 'blocks' : 'together block'} everyone at ${appWords(results)}`;
}

/** The Entra half holds; the other half is what a person saw. */
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

function groupByGap(
  gaps: readonly (Result & { coverage: Extract<Coverage, { is: 'gap' }> })[],
  policies: Policies,
): string[] {
  const byText = new Map<string, Result[]>();
  for (const gap of gaps) {
    const text = gapWords(gap.coverage, policies);
    byText.set(text, [...(byText.get(text) ?? []), gap]);
  }
  return [...byText].map(
    ([text, list]) =>
      `No policy that is on holds everyone to ${[...new Set(list.map((r) => r.requirement.words))].join(' and ')} at ${appWords(list)}.${text}`,
  );
}

function gapWords(coverage: Extract<Coverage, { is: 'gap' }>, policies: Policies): string {
  const parts: string[] = [];
  const seats = coverage.holes.filter((hole) => hole.seat !== null);
  const others = coverage.holes.filter((hole) => hole.seat === null);
  if (seats.length > 0)
    parts.push(
      ` ${count(seats.length, 'seat holder is', 'seat holders are')} in none of its groups: ${names(seats.map((h) => h.label))}.`,
    );
  for (const hole of others.slice(0, 3)) parts.push(` ${holeWords(hole)}`);
  for (const near of coverage.near.slice(0, 3)) parts.push(` ${policyName(near.policy)} ${near.why}.`);
  if (coverage.near.length > 3)
    parts.push(` ${count(coverage.near.length - 3, 'further policy', 'further policies')} likewise.`);
  if (parts.length === 0)
    parts.push(
      ` None of the ${count(policies.rows.length, 'policy', 'policies')} in the file asks for it there.`,
    );
  return parts.join('');
}

function holeWords({ policy, label, detail }: Hole): string {
  if (policy === null) return `${label}: ${detail}`;
  return label === policy.name
    ? `${policyName(policy)}: ${detail}`
    : `${policyName(policy)}, ${label}: ${detail}`;
}

function overdueWords(policy: CaPolicyRow | undefined, due: string | null): string {
  const name = policy ? policyName(policy) : 'The policy';
  return due
    ? `${name} was to be enabled on ${dayWords(due)} and still only reports; report-only is not enforcement.`
    : `${name} only reports, and no day is set on which it is enabled; report-only is not enforcement.`;
}

function overdueItems(
  result: Result & { coverage: Extract<Coverage, { is: 'overdue' }> },
  policies: Policies,
): Item[] {
  return result.coverage.by.map((policy) =>
    item(policy, 'Only reports; report-only is not enforcement.', policies),
  );
}

function gapItems(
  result: Result & { coverage: Extract<Coverage, { is: 'gap' | 'unknown' }> },
  policies: Policies,
): Item[] {
  return [
    ...result.coverage.holes.map((hole) => ({
      key: hole.key,
      label: hole.label,
      detail: hole.detail,
      evidence: hole.policy ? [policies.cite(hole.policy, hole.policy.name)] : [],
    })),
    ...result.coverage.near.map((near) => item(near.policy, `The policy ${near.why}.`, policies)),
  ];
}

function item(policy: CaPolicyRow, detail: string, policies: Policies): Item {
  return { key: policyKey(policy), label: policy.name, detail, evidence: citePolicies(policies, [policy]) };
}

function dedupe(items: readonly Item[]): Item[] {
  return [...new Map(items.map((entry) => [`${entry.key} ${entry.detail}`, entry])).values()];
}

function touched(results: readonly Result[]): CaPolicyRow[] {
  const rows = results.flatMap(({ coverage }) =>
    coverage.is === 'gap' || coverage.is === 'unknown'
      ? [
          ...coverage.near.map((n) => n.policy),
          ...coverage.holes.flatMap((h) => (h.policy ? [h.policy] : [])),
        ]
      : coverage.by,
  );
  return [...new Set(rows)];
}

function appWords(results: readonly { readonly app: ClaudeApp }[]): string {
  return names([...new Set(results.map(({ app }) => app.name))], 4);
}
// Guide: G1.2-02 G1.2-05 G1.2-06 G1.2-11 G3.2-03 G4.1-05 G4.3-00 G4.3-01 G4.3-02 G4.4-03 G4.4-08 G5.4-00
// Guide: G5.4-03 G6.1-08 G6.2-01 G6.2-02 G6.2-03 G6.2-04 G6.2-05 G6.2-06 G6.2-08 G6.3-00 G6.3-02 G6.3-03
// Guide: G6.3-04 G6.3-05 G6.3-06 G6.4-00 G6.4-01 G6.4-02 G6.4-03 G6.4-04 G6.4-05 G6.4-06 G6.4-07 G6.4-08
// Guide: G6.4-09 G6.5-00 G6.5-01 G6.5-02 G6.5-03 G6.5-04 G6.5-05 G6.5-06 GA-10 GA-11 GA-12 GB-03 GB-04

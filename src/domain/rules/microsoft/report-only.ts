import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { type Dates, dueOf, statedDay } from './ca.ts';
import { citePolicies, enableOn } from './ca-inputs.ts';
import { policyKey, policyName } from './ca-policy.ts';
import { claudePolicies } from './claude-policies.ts';
import { type Policies, readPolicies, undecidedBy } from './policies.ts';
import { REPORT_ONLY, reportsSince, sinceWords, turnedSince } from './reports-since.ts';

export const reportOnlyDated = defineRule({
  name: 'report-only-dated',
  about:
    'Every report-only policy that reaches Claude has a day on which it is enabled: the one in the charter, at most a quarter ahead, otherwise two weeks after it began to report, as far as its dates, earlier readings and Entra’s audit log show. Past that day it is overdue.',
  params: z.strictObject({}),
  decide(context) {
    const policies = readPolicies(context);
    if (!policies.ok) return absent(policies).cannotRead(policies.howToGet);
    const outcome = judge(context, policies);
    const open = policies.unread.filter(({ state }) => state !== 'enabled');
    return open.length > 0 && outcome.state !== 'fail' ? undecidedBy(outcome, policies, open) : outcome;
  },
});

function judge(context: CheckContext, policies: Policies): Outcome {
  const { reaching, perhaps, why, question: which } = claudePolicies(context, policies.rows);
  const waiting = reaching.filter((policy) => policy.state === REPORT_ONLY);
  const unstated = reaching.filter((policy) => policy.state === null);
  const open = perhaps.filter((policy) => policy.state !== 'enabled');
  const dates: Dates = { enableOn: enableOn(context), reportsSince: reportsSince(context) };
  const question = ask(
    'charter',
    'entra.enableOn',
    'State the day on which each policy is enabled under “entra.enableOn” in the charter, by policy name or id.',
  );
  const states = waiting.map((policy) => ({
    policy,
    stated: statedDay(policy, dates),
    due: dueOf(policy, dates),
  }));
  const since = (policy: CaPolicyRow) => {
    const known = dates.reportsSince(policy);
    return known === null ? '' : ` ${sinceWords(known)}`;
  };
  const item = ({ policy }: (typeof states)[number], detail: string): Item => ({
    key: policyKey(policy),
    label: policy.name,
    detail,
    evidence: citePolicies(policies, [policy]),
  });
  const cite = citePolicies(policies, waiting);
  const late = states.filter(({ due }) => due !== null && due < context.today);
  if (late.length > 0) {
    const first = late.reduce((day, { due }) => (due !== null && due < day ? due : day), context.today);
    return because(
      'microsoft.report_only.late',
      `${count(late.length, 'policy', 'policies')} should be on by now and only ${late.length === 1 ? 'reports' : 'report'}: ${names(late.map(({ policy, due }) => `${policyName(policy)} since ${dayWords(due ?? '')}`))}. Report-only is not enforcement.`,
    ).overdue(
      first,
      cite,
      late.map((entry) =>
        item(
          entry,
          entry.stated
            ? `Was to be enabled on ${dayWords(entry.due ?? '')}.`
            : `No day is stated; two weeks of report-only ended on ${dayWords(entry.due ?? '')}.${since(entry.policy)}`,
        ),
      ),
    );
  }
  const undated = states.filter(({ due }) => due === null);
  if (undated.length > 0)
    return because(
      'microsoft.report_only.no_end',
      `${names(undated.map(({ policy }) => policyName(policy)))} only ${undated.length === 1 ? 'reports' : 'report'}, and it is not known when ${undated.length === 1 ? 'it' : 'they'} will be enabled or how long ${undated.length === 1 ? 'it has' : 'they have'} been reporting.${misnamed(dates, policies)}`,
    ).cannotRead(
      question,
      cite,
      undated.map((entry) => item(entry, 'No day is known.')),
    );
  if (unstated.length > 0)
    return because(
      'microsoft.report_only.state_unknown',
      `The file does not say whether ${names(unstated.map(policyName))} ${unstated.length === 1 ? 'is' : 'are'} on or only ${unstated.length === 1 ? 'reports' : 'report'}.`,
    ).cannotRead(
      ask(
        'source',
        'ca_policies',
        'Save the list of Conditional Access policies again, with the field state.',
        'with_state',
      ),
      citePolicies(policies, unstated),
    );
  if (open.length > 0)
    return because(
      'microsoft.report_only.unclear',
      `${open
        .slice(0, 3)
        .map(
          (policy) =>
            `${policyName(policy)} ${policy.state === null ? 'may only report' : 'only reports'}; it ${why(policy)}.`,
        )
        .join(' ')}${open.length > 3 ? ` And ${open.length - 3} more.` : ''}`,
    ).cannotRead(
      which,
      citePolicies(policies, open),
      open.map((policy) => item({ policy, stated: null, due: null }, `It ${why(policy)}.`)),
    );
  const turned = turnedSince(context, policies);
  if (turned !== null)
    return because(
      'microsoft.report_only.turned_later',
      `According to Entra’s audit log, ${names(turned.policies.map((name) => `“${name}”`))} ${verb(turned.policies.length, 'was', 'were')} set to report-only after the policies of ${dayWords(policies.observedOn)} were saved.`,
    ).cannotRead(
      ask(
        'source',
        'ca_policies',
        'Save the list of Conditional Access policies again, after these changes.',
        'after_changes',
      ),
      [...policies.evidence, ...turned.evidence],
    );
  if (waiting.length === 0) {
    const unlisted = unlistedReports(context, policies);
    if (unlisted !== null)
      return because(
        'microsoft.report_only.not_listed',
        `None of the ${count(policies.rows.length, 'policy', 'policies')} in the file is in report-only, and the sign-ins name ${verb(unlisted.policies.length, 'one that is', 'some that are')} and that the file does not list: ${names(unlisted.policies, 4)}. So the file may be a filtered list.`,
      ).cannotRead(
        ask(
          'source',
          'ca_policies',
          'Save the list of Conditional Access policies again, with every page and without a filter.',
          'unfiltered',
        ),
        [...policies.evidence, ...unlisted.evidence],
      );
    const promised = notEnabled(context, dates, policies);
    if (promised !== null) return promised;
    if (policies.rows.length === 0)
      return because(
        'microsoft.report_only.no_policies',
        'The list holds no Conditional Access policy, so none is in report-only. Nothing is enforced by one either.',
      ).pass(policies.evidence);
    const all = policies.rows.every(({ state }) => state === 'enabled')
      ? ' All policies in the file are on; a list that was filtered by state would look the same.'
      : '';
    return because(
      'microsoft.report_only.none_report_only',
      `None of the ${count(policies.rows.length, 'policy', 'policies')} that could reach Claude is in report-only.${all}`,
    ).pass(policies.evidence);
  }
  const last = addDays(context.today, MAX_AHEAD);
  const far = states.filter(({ stated }) => stated !== null && stated > last);
  if (far.length > 0)
    return because(
      'microsoft.report_only.too_far',
      `According to the charter, ${names(far.map(({ policy, stated }) => `${policyName(policy)} only reports until ${dayWords(stated ?? '')}`))}. The trial takes two weeks, and a day more than ${MAX_AHEAD} days ahead does not count.`,
    ).fail(
      cite,
      far.map((entry) => item(entry, `To be enabled on ${dayWords(entry.stated ?? '')}.`)),
    );
  const implied = states.filter(({ stated }) => stated === null);
  if (implied.length > 0) {
    const due = implied.reduce(
      (day, entry) => ((entry.due ?? '') < day ? (entry.due ?? day) : day),
      implied[0]?.due ?? context.today,
    );
    return because(
      'microsoft.report_only.to_be_switched_on',
      `${names(implied.map(({ policy }) => policyName(policy)))} ${implied.length === 1 ? 'is' : 'are'} in report-only without a day in the charter; the two weeks of report-only ${implied.length === 1 ? 'end' : 'end at the earliest'} on ${dayWords(due)}.`,
    ).pending(
      due,
      cite,
      implied.map((entry) =>
        item(entry, `Two weeks of report-only end on ${dayWords(entry.due ?? '')}.${since(entry.policy)}`),
      ),
    );
  }
  return because(
    'microsoft.report_only.trial_runs',
    `${states.length === 1 ? 'The one policy' : `All ${states.length} policies`} in report-only that ${states.length === 1 ? 'reaches' : 'reach'} Claude ${states.length === 1 ? 'has' : 'have'} a day in the charter: ${names(states.map(({ policy, due }) => `${policyName(policy)} on ${dayWords(due ?? '')}`))}.`,
  ).pass(cite);
}
/** Days ahead that a day for enabling a policy may be: a quarter. Guide 6.2 plans two weeks. */
const MAX_AHEAD = 92;

/** Days before the policies were read whose sign-ins are compared with them. */
const COMPARED_DAYS = 7;

/**
 * Policies that sign-ins, from a week before the file on, show in report-only mode and that the file does not list
 * under that name, except those that Entra's audit log shows as deleted; null: none.
 */
function unlistedReports(
  context: CheckContext,
  { rows, observedOn }: Policies,
): { readonly policies: readonly string[]; readonly evidence: readonly Evidence[] } | null {
  const signIns = context.read('sign_ins');
  if (!signIns.ok) return null;
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  const gone = (audits.ok ? audits.rows : []).filter(({ activity }) => /^delete .*polic/i.test(activity));
  const listed = new Set(
    [
      ...rows.map(({ name }) => name),
      ...gone.flatMap(({ targets }) => targets.map(({ name }) => name ?? '')),
    ].map((name) => name.trim().toLowerCase()),
  );
  const from = addDays(observedOn, -COMPARED_DAYS);
  const found = new Map<string, Evidence>();
  for (const row of signIns.rows) {
    if (dayOf(row.at, context.profile.timezone) < from) continue;
    for (const { name, result } of row.policies ?? [])
      if (/^report ?only/i.test(result) && !listed.has(name.trim().toLowerCase()) && !found.has(name))
        found.set(name, signIns.cite(row, `${name}: ${result}`));
  }
  return found.size === 0 ? null : { policies: [...found.keys()], evidence: [...found.values()] };
}

/**
 * Policies whose day in the charter has come and that are not on: switched off instead, or no longer in the list. They
 * report nothing anymore, and what the charter says of them has not happened. null: there are none.
 */
function notEnabled(context: CheckContext, { enableOn: days }: Dates, policies: Policies): Outcome | null {
  const open = [...days].flatMap(([key, day]): Item[] => {
    const policy = policies.rows.find(({ id, name }) =>
      [id ?? '', name].some((one) => one.trim().toLowerCase() === key),
    );
    if (day > context.today || policy?.state === 'enabled') return [];
    const what = policy === undefined ? 'is not in the list' : 'is off';
    return [
      {
        key,
        label: policy === undefined ? key : policyName(policy),
        detail: `Was to be enabled on ${dayWords(day)} and ${what}.`,
        evidence: policy === undefined ? policies.evidence : citePolicies(policies, [policy]),
      },
    ];
  });
  if (open.length === 0) return null;
  return because(
    'microsoft.report_only.not_enabled',
    `No policy is in report-only. According to the charter, ${names(open.map(({ label }) => label))} should be on by now, and ${open.length === 1 ? 'it is' : 'they are'} off or not in the list.`,
  ).cannotRead(
    ask(
      'charter',
      'entra.enableOn',
      'Switch these policies on and save the list again, or take their days out of “entra.enableOn” in the charter.',
      'not_enabled',
    ),
    open.flatMap(({ evidence }) => evidence),
    open,
  );
}

/** Days that the charter sets for policies that do not exist under that name or id, as a sentence to append. */
function misnamed({ enableOn: days }: Dates, policies: Policies): string {
  const known = new Set(
    policies.rows.flatMap(({ id, name }) => [id ?? '', name]).map((one) => one.trim().toLowerCase()),
  );
  const unknown = [...days.keys()].filter((key) => !known.has(key));
  return unknown.length === 0
    ? ''
    : ` The charter sets a day for ${names(unknown.map((key) => `“${key}”`))}, and no policy in the file has this name or ID.`;
}
// Guide: G6.2-07 G6.3-07 GA-10 GA-11

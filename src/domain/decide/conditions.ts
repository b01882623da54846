import { openMembershipSystems } from '../charter/invariants.ts';
import { CLAUDE_PLAN_SHORT_WORDS } from '../labels.ts';
import type { Condition } from '../model/catalogue.ts';
import { matchConnector } from '../rules/connectors/match.ts';
import type { Shared } from './context.ts';

export type Answer =
  | { readonly is: 'yes' }
  | { readonly is: 'no'; readonly why: string }
  | { readonly is: 'unknown'; readonly why: string; readonly question: string };

const YES: Answer = { is: 'yes' };

/** Whether a control applies to the client. What cannot be told stays unknown and asks its question. */
export function holds(condition: Condition, shared: Shared): Answer {
  if ('all' in condition) return allOf(condition.all.map((part) => holds(part, shared)));
  if ('any' in condition) return anyOf(condition.any.map((part) => holds(part, shared)));
  if ('not' in condition) {
    const inner = holds(condition.not, shared);
    if (inner.is === 'unknown') return inner;
    return inner.is === 'no' ? YES : { is: 'no', why: 'It is meant for other clients.' };
  }
  const { profile } = shared.input;
  if ('plan' in condition) {
    if (condition.plan.includes(profile.claudePlan)) return YES;
    return {
      is: 'no',
      why: `It concerns the Claude ${condition.plan.map((p) => CLAUDE_PLAN_SHORT_WORDS[p]).join(' and ')} plan; this client is on ${CLAUDE_PLAN_SHORT_WORDS[profile.claudePlan]}.`,
    };
  }
  if ('capability' in condition) {
    const has = shared.capability(condition.capability);
    if (has.has === 'yes') return YES;
    if (has.has === 'no') return { is: 'no', why: has.reason };
    return {
      is: 'unknown',
      why: has.reason,
      question: 'State the licenses in the profile (m365, addOns) or add the Microsoft licenses file.',
    };
  }
  if ('has' in condition) return hasThing(condition.has, shared);
  if ('connector' in condition) return connectorInUse(condition.connector, shared);
  const { charter } = shared;
  const question = `State "${condition.charter}" in the charter.`;
  if (!charter.ok) return { is: 'unknown', why: charter.why, question };
  const value = at(charter.value, condition.charter);
  if (value === undefined)
    return { is: 'unknown', why: `The charter does not state "${condition.charter}".`, question };
  return value === condition.is
    ? YES
    : { is: 'no', why: `The charter states "${condition.charter}: ${String(value)}".` };
}

function hasThing(thing: 'swg' | 'siem' | 'ams' | 'm365' | 'normalHours', shared: Shared): Answer {
  const { profile } = shared.input;
  if (thing === 'ams') {
    const { charter } = shared;
    const question =
      'State the membership system under "ams" in the charter, with method none if it is not used with Claude.';
    if (!charter.ok) return { is: 'unknown', why: charter.why, question };
    const ams = charter.value.ams;
    // What is open as a connector is used, whatever the charter says of ways.
    if (openMembershipSystems(charter.value, shared.input.catalogue).length > 0) return YES;
    if (!ams) return { is: 'unknown', why: 'The charter does not name a membership system (AMS).', question };
    return ams.methods.every((method) => method === 'none')
      ? { is: 'no', why: 'The charter states that the membership system is not used with Claude.' }
      : YES;
  }
  const value =
    thing === 'swg'
      ? profile.swg
      : thing === 'siem'
        ? profile.siem
        : thing === 'm365'
          ? profile.m365
          : profile.normalHours;
  const words = {
    swg: 'a secure web gateway (swg)',
    siem: 'a SIEM (siem)',
    m365: 'Microsoft 365 (m365)',
    normalHours: 'normal hours (normalHours)',
  }[thing];
  if (value === undefined) {
    if (thing === 'm365' && shared.read('subscribed_skus', Number.POSITIVE_INFINITY).ok) return YES;
    return {
      is: 'unknown',
      why: `The profile does not say whether there is ${words}.`,
      question: `State ${words} in the profile; "none" is an answer.`,
    };
  }
  if (value === null || value === 'none' || (Array.isArray(value) && value.length === 0))
    return {
      is: 'no',
      why: `The profile states that there is no ${words.replace(/ \(.*$/, '').replace(/^an? /, '')}.`,
    };
  return YES;
}

/** A connector is in use when the charter approves it or the connectors table shows it enabled. */
function connectorInUse(id: string, shared: Shared): Answer {
  const { catalogue } = shared.input;
  const matches = (name: string) => matchConnector(name, catalogue).entries.some((entry) => entry.id === id);
  const { charter } = shared;
  if (charter.ok && charter.value.connectors?.some((connector) => matches(connector.name))) return YES;
  const table = shared.read('connectors', Number.POSITIVE_INFINITY);
  if (table.ok && table.rows.some((row) => matches(row.connector) && row.enabled !== false)) return YES;
  const name = catalogue.connectors.find((connector) => connector.id === id)?.name ?? id;
  if (charter.ok && charter.value.connectors)
    return { is: 'no', why: `The charter does not approve the connector ${name}.` };
  return {
    is: 'unknown',
    why: `Whether the connector ${name} is approved is not known.`,
    question: 'List the approved connectors under "connectors" in the charter; an empty list is an answer.',
  };
}

/** Spelling without case, blanks and marks. */
export function fold(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '');
}

/** The value at a dotted path, without reaching into prototypes. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

function allOf(answers: readonly Answer[]): Answer {
  return answers.find((a) => a.is === 'no') ?? answers.find((a) => a.is === 'unknown') ?? YES;
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.some((a) => a.is === 'yes')) return YES;
  return answers.find((a) => a.is === 'unknown') ?? answers[0] ?? YES;
}

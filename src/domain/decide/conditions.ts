import { FIELDS, valueWords } from '../charter/fields.ts';
import { openMembershipSystems } from '../charter/invariants.ts';
import { CLAUDE_PLAN_SHORT_WORDS } from '../labels.ts';
import type { Condition, Connector } from '../model/catalogue.ts';
import { ownValue } from '../model/own-value.ts';
import { callsOf } from '../rules/connectors/in-use.ts';
import { matchConnector } from '../rules/connectors/match.ts';
import { CONNECTOR_SERVER, principalOf } from '../rules/microsoft/apps.ts';
import { absent } from '../rules/outcome.ts';
import { type Ask, ask, type Message, message } from '../text/message.ts';
import { unicodeForm } from '../text/unicode-form.ts';
import type { EvaluationState } from './context.ts';
import { leftOutWords } from './left-out.ts';

export type Answer =
  | { readonly is: 'yes' }
  | { readonly is: 'no'; readonly said: Message }
  | { readonly is: 'unknown'; readonly said: Message; readonly ask: Ask };

const YES: Answer = { is: 'yes' };

/**
 * Decides whether a control applies to the client. A condition that cannot be determined stays unknown and brings its
 * question.
 */
export function evaluateCondition(condition: Condition, shared: EvaluationState): Answer {
  if ('all' in condition) return allOf(condition.all.map((part) => evaluateCondition(part, shared)));
  if ('any' in condition) return anyOf(condition.any.map((part) => evaluateCondition(part, shared)));
  if ('not' in condition) {
    const inner = evaluateCondition(condition.not, shared);
    if (inner.is === 'unknown') return inner;
    return inner.is === 'no'
      ? YES
      : { is: 'no', said: message('applies.other_clients', 'It applies to other clients.') };
  }
  const { profile } = shared.input;
  if ('plan' in condition) {
    if (condition.plan.includes(profile.claudePlan)) return YES;
    return {
      is: 'no',
      said: message(
        'applies.other_plan',
        `It applies only to the Claude ${condition.plan.map((p) => CLAUDE_PLAN_SHORT_WORDS[p]).join(' and ')} plan; this client is on ${CLAUDE_PLAN_SHORT_WORDS[profile.claudePlan]}.`,
        { plan: profile.claudePlan },
      ),
    };
  }
  if ('capability' in condition) {
    const has = shared.capability(condition.capability);
    if (has.has === 'yes') return YES;
    const wording = message('applies.capability', has.reason, { capability: has.id });
    if (has.has === 'no') return { is: 'no', said: wording };
    return {
      is: 'unknown',
      said: wording,
      ask: ask(
        'profile',
        'm365',
        'State the licenses in the profile (m365, addOns) or add the Microsoft licenses file.',
        'or_file',
      ),
    };
  }
  if ('has' in condition) return hasThing(condition.has, shared);
  if ('connector' in condition) return connectorInUse(condition.connector, shared);
  const { charter } = shared;
  const question = ask('charter', condition.charter, `State “${condition.charter}” in the charter.`);
  const label = ownValue(FIELDS, condition.charter)?.label ?? condition.charter;
  if (!charter.ok) return { is: 'unknown', said: absent(charter), ask: question };
  const value = at(charter.value, condition.charter);
  if (value === undefined)
    return {
      is: 'unknown',
      said: message('applies.not_in_charter', `The charter does not decide on “${label}”.`, {
        field: condition.charter,
      }),
      ask: question,
    };
  return value === condition.is
    ? YES
    : {
        is: 'no',
        said: message(
          'applies.by_charter',
          `The charter says about “${label}”: ${valueWords(condition.charter, value)}.`,
          {
            field: condition.charter,
            value: String(value),
          },
        ),
      };
}

function hasThing(thing: 'swg' | 'siem' | 'ams' | 'm365' | 'normalHours', shared: EvaluationState): Answer {
  const { profile } = shared.input;
  if (thing === 'ams') {
    const { charter } = shared;
    const question = ask(
      'charter',
      'ams',
      'State the membership system under “ams” in the charter, with method none if it is not used with Claude.',
      'or_none',
    );
    if (!charter.ok) return { is: 'unknown', said: absent(charter), ask: question };
    const ams = charter.value.ams;
    // Applies once a connector is in use, whatever the charter says about the ways into Claude.
    if (openMembershipSystems(charter.value, shared.input.catalogue).length > 0) return YES;
    if (listed(shared, ({ category }) => category === 'ams')) return YES;
    const left = charter.leftOut?.find(({ path }) => path === 'ams');
    if (!ams)
      return {
        is: 'unknown',
        said:
          left === undefined
            ? message('applies.ams_unknown', 'The charter does not name a membership system (AMS).')
            : message('applies.ams_left_out', leftOutWords('charter', [left])),
        ask: question,
      };
    return ams.methods.every((method) => method === 'none')
      ? {
          is: 'no',
          said: message(
            'applies.ams_not_used',
            'The charter states that the membership system is not used with Claude.',
          ),
        }
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
    swg: 'secure web gateway',
    siem: 'SIEM',
    m365: 'Microsoft 365',
    normalHours: 'normal hours',
  }[thing];
  const asked = `${thing === 'swg' || thing === 'siem' ? 'a ' : ''}${words}`;
  if (value === undefined || value === '') {
    if (thing === 'm365' && shared.read('subscribed_skus', Number.POSITIVE_INFINITY).ok) return YES;
    return {
      is: 'unknown',
      said: message('applies.not_in_profile', `The profile does not say whether there is ${asked}.`, {
        thing,
      }),
      ask: ask('profile', thing, `State ${asked} (${thing}) in the profile; “none” is a valid answer.`),
    };
  }
  if (value === null || value === 'none' || (Array.isArray(value) && value.length === 0))
    return {
      is: 'no',
      said: message('applies.by_profile', `The profile states that there is no ${words}.`, { thing }),
    };
  return YES;
}

/** Days for which usage figures show that a connector is in use. */
const USED_WITHIN_DAYS = 31;

/** Whether the latest connectors table lists such a connector and does not say that it is off. */
function listed(shared: EvaluationState, wanted: (entry: Connector) => boolean): boolean {
  const table = shared.read('connectors', Number.POSITIVE_INFINITY);
  return (
    table.ok &&
    table.rows.some(
      (row) =>
        row.enabled !== false && matchConnector(row.connector, shared.input.catalogue).entries.some(wanted),
    )
  );
}

/**
 * Whether somebody consented to scopes of one part of the Microsoft 365 connector, by the latest list of grants:
 * Claude can read there whatever the charter approves.
 */
function isGranted(id: string, shared: EvaluationState): boolean {
  const { connectorScopes } = shared.input.catalogue;
  const ofPart = new Set(
    connectorScopes.scopes.flatMap((one) =>
      // A scope that several parts use does not show which of them is in use.
      one.for.length > 0 && one.for.every((part) => part.split('/')[0] === id)
        ? [one.scope.toLowerCase()]
        : [],
    ),
  );
  if (ofPart.size === 0) return false;
  // Any lists will do, even incomplete ones: a single grant shows use.
  const [found, given] = [
    shared.read('service_principals', Number.POSITIVE_INFINITY),
    shared.read('permission_grants', Number.POSITIVE_INFINITY),
  ];
  const [apps, grants] = [found.ok ? found : found.part, given.ok ? given : given.part];
  if (apps === undefined || grants === undefined) return false;
  const server = principalOf(apps, CONNECTOR_SERVER.appId)?.id?.toLowerCase();
  return grants.rows.some(
    ({ clientId, scopes }) =>
      clientId.toLowerCase() === server && scopes.some((scope) => ofPart.has(scope.toLowerCase())),
  );
}

/**
 * A connector is in use if the charter approves it, the connectors table shows it enabled, somebody consented to it in
 * Microsoft 365, or usage figures count calls of it.
 */
function connectorInUse(id: string, shared: EvaluationState): Answer {
  const { catalogue } = shared.input;
  const matches = (name: string) => matchConnector(name, catalogue).entries.some((entry) => entry.id === id);
  const { charter } = shared;
  if (charter.ok && charter.value.connectors?.some((connector) => matches(connector.name))) return YES;
  // Approving a scope of the Microsoft 365 connector approves the part of the connector that uses it.
  const scopes = charter.ok
    ? (charter.value.entra?.connectorScopes ?? []).map((scope) => scope.toLowerCase())
    : [];
  if (
    catalogue.connectorScopes.scopes.some(
      (one) => one.for.some((part) => part === id) && scopes.includes(one.scope.toLowerCase()),
    )
  )
    return YES;
  if (listed(shared, (entry) => entry.id === id)) return YES;
  if (isGranted(id, shared)) return YES;
  const used = shared.read('analytics_connectors', USED_WITHIN_DAYS);
  if (used.ok && used.rows.some((row) => matches(row.connector) && callsOf(row) !== 0)) return YES;
  const name = catalogue.connectors.find((connector) => connector.id === id)?.name ?? id;
  const left = charter.ok
    ? charter.leftOut?.find(({ path }) => path.split('.')[0] === 'connectors')
    : undefined;
  if (left !== undefined)
    return {
      is: 'unknown',
      said: message('applies.connectors_left_out', leftOutWords('charter', [left])),
      ask: ask('charter', 'connectors', 'Add what is missing under `connectors` in the charter.', 'left_out'),
    };
  if (charter.ok && charter.value.connectors)
    return {
      is: 'no',
      said: message('applies.connector_not_approved', `The charter does not approve the connector ${name}.`, {
        connector: id,
      }),
    };
  return {
    is: 'unknown',
    said: message('applies.connector_unknown', `It is not known whether the connector ${name} is approved.`, {
      connector: id,
    }),
    ask: ask(
      'charter',
      'connectors',
      'List the approved connectors under “connectors” in the charter; an empty list is a valid answer.',
      'approved',
    ),
  };
}

/** A name without case, spaces, punctuation and diacritics, for comparison. */
export function fold(name: string): string {
  return unicodeForm(name.toLowerCase(), 'NFKD').replace(/[^\p{Letter}\p{Number}]+/gu, '');
}

/** The value at a dotted path; own properties only, to keep out the prototype chain. */
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
// Guide: G0-01

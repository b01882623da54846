import { ALERT_STATE_WORDS } from '../detections/alert-words.ts';
import { CLASSIFICATION_WORDS, DETERMINATION_WORDS } from '../microsoft/alert-closing.ts';
import type { ReviewFact } from '../model/review.ts';
import type { AlertKind } from '../rules/microsoft/defender-alerts.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import type { ConnectorFacts, DefenderFacts, FactRead, ReviewFacts } from './types.ts';

/** Rows of the guide on unusual usage (7.1). A detection lists the rows that it implements. */
const STANDS_OUT: ReadonlySet<string> = new Set(['G7.1-05', 'G7.1-06']);

type ListFact = Exclude<
  ReviewFact,
  'leavers' | 'new_accounts' | 'work_accounts' | 'write_calls' | 'open_alerts'
>;

/** Readers for the tables behind a review's figures. */
export const LIST_READERS: Readonly<Record<ListFact, (facts: ReviewFacts) => FactRead>> = {
  usage_alerts: ({ alerts, log, from, today }) => {
    const raised = alerts.filter(({ guide }) => guide.some((row) => STANDS_OUT.has(row)));
    if (raised.length > 0)
      return {
        state: 'fail',
        reason: `${count(raised.length, 'alert', 'alerts')} about unusual use ${verb(raised.length, 'is', 'are')} open.`,
        entries: raised.map(({ key, title, alerts: times }) => ({
          key,
          label: title,
          detail: times === 1 ? 'Raised once.' : `Raised ${times} times.`,
        })),
        readOn: today,
      };
    return log.events
      ? { state: 'pass', reason: 'No alert about unusual use is open.', entries: [], readOn: today }
      : {
          state: 'cannot_read',
          reason: `No source has reported an event since ${dayWords(from)}, so none could raise an alert.`,
          entries: [],
          readOn: null,
        };
  },
  settled_alerts: ({ settled, from, today }) =>
    list(
      settled.length === 0
        ? `No alert was settled since ${dayWords(from)}.`
        : `${count(settled.length, 'alert')} ${verb(settled.length, 'was', 'were')} settled since ${dayWords(from)}.`,
      settled.map(({ key, title, state, by, on }) => ({
        key,
        label: title,
        detail: `${ALERT_STATE_WORDS[state]}, ${on === null ? 'day not recorded' : dayWords(on)}${by === null ? '' : `, by ${by}`}.`,
      })),
      today,
    ),
  defender_alerts: ({ defender: { readOn, why, lines } }) =>
    list(
      why ??
        (lines.length === 0
          ? 'No alert that was read names Claude. That does not show that Defender looks at it.'
          : ALERT_KINDS.map(
              ([kinds, words]) => `${words}: ${lines.filter(({ kind }) => kinds.includes(kind)).length}`,
            ).join('; ')),
      ALERT_KINDS.flatMap(([kinds, words]) =>
        lines
          .filter(({ kind }) => kinds.includes(kind))
          .map((line) => ({ key: line.key, label: line.title, detail: defenderWords(line, words) })),
      ),
      readOn,
    ),
  reconciliation: ({ people: { membersOn, blocked, matched, unmatched } }) =>
    blocked !== null || membersOn === null
      ? list(blocked ?? 'No current members file was imported.', [], membersOn)
      : list(
          `${count(matched, 'seat')} ${verb(matched, 'belongs', 'belong')} to someone on the roster; ${count(unmatched.length, 'line')} ${verb(unmatched.length, 'does', 'do')} not match.`,
          unmatched.map(({ key, name, why }) => ({ key, label: name, detail: why })),
          membersOn,
        ),
  connector_list: ({ connectors }) => {
    const { lines, agent, observedOn, why } = connectors;
    return list(
      why ?? `${count(lines.length, 'connector')} approved or observed.`,
      [
        ...lines.map((line) => ({ key: line.key, label: line.name, detail: connectorWords(line) })),
        ...(agent === null
          ? []
          : [
              {
                key: 'ams agent',
                label: `${agent.name}, agent for ${agent.system}`,
                detail: agentWords(agent),
              },
            ]),
      ],
      observedOn,
    );
  },
  actions_confirmed: ({ connectors: { actions, observedOn, why } }) => {
    const wider = actions.filter((one) => one.wider);
    const open = actions.filter(({ observed }) => observed === null);
    if (actions.length === 0)
      return {
        state: 'cannot_read',
        reason: why ?? 'No action is approved or observed.',
        entries: [],
        readOn: null,
      };
    if (wider.length > 0)
      return {
        state: 'fail',
        reason: `${count(wider.length, 'action is', 'actions are')} wider than approved, of ${actions.length}.`,
        entries: wider.map(actionEntry),
        readOn: observedOn,
      };
    if (open.length > 0)
      return {
        state: 'cannot_read',
        reason: `The state of ${open.length} of ${count(actions.length, 'action')} is not confirmed by a reading.`,
        entries: open.map(actionEntry),
        readOn: observedOn,
      };
    return {
      state: 'pass',
      reason: `Each of ${count(actions.length, 'action')} is as approved or narrower.`,
      entries: [],
      readOn: observedOn,
    };
  },
  action_states: ({ connectors: { actions, observedOn, why } }) =>
    list(
      actions.length === 0
        ? (why ?? 'No action is approved or observed.')
        : `${count(actions.length, 'action')} of connectors that are on or approved.`,
      actions.map(actionEntry),
      observedOn,
    ),
  permission_changes: ({ changes }) =>
    list(
      changes.why ??
        (changes.lines.length === 0
          ? 'No permission changed in the time that was read.'
          : `${count(changes.lines.length, 'permission')} changed.`),
      changes.lines.map(({ key, label, step, day, approved }) => ({
        key,
        label,
        detail: `${dayWords(day)}. ${step} ${approved ? 'Approved in the journal or the charter.' : 'No approval was found.'}`,
      })),
      changes.readOn,
    ),
  app_scopes: ({ scopes: { readOn, why, lines, consent, earlier } }) =>
    list(
      [
        why ?? `${count(lines.length, 'permission')} granted to the connector’s applications.`,
        consent === null
          ? 'Who consented is not recorded.'
          : `${consent.by} consented on ${dayWords(consent.on)} according to the journal.`,
        ...(earlier === null
          ? []
          : [
              earlier.added.length + earlier.removed.length === 0
                ? `Unchanged since the file of ${dayWords(earlier.day)}.`
                : `Since the file of ${dayWords(earlier.day)}: ${[
                    ...(earlier.added.length === 0 ? [] : [`added ${names(earlier.added, 5)}`]),
                    ...(earlier.removed.length === 0 ? [] : [`removed ${names(earlier.removed, 5)}`]),
                  ].join('; ')}.`,
            ]),
      ].join(' '),
      lines.map(({ app, scope, who }) => ({
        key: `${app} ${scope}`.toLowerCase(),
        label: scope,
        detail: `${app}, for ${who}.`,
      })),
      readOn,
    ),
  exceptions: ({ exceptions, today }) =>
    list(
      exceptions.length === 0
        ? 'No exception is in force or requested.'
        : `${count(exceptions.length, 'exception is', 'exceptions are')} in force or requested.`,
      exceptions.map(({ key, title, owner, until, reason, state }) => ({
        key,
        label: title,
        detail: `${state}, until ${dayWords(until)}${until < today ? ', which has passed' : ''}. Owner: ${owner}. ${reason}`,
      })),
      today,
    ),
};

export const LIST_TITLES: Readonly<Record<ListFact, string>> = {
  usage_alerts: 'Open alerts about unusual use',
  settled_alerts: 'Alerts that were settled',
  defender_alerts: 'Defender alerts about Claude',
  reconciliation: 'Members and roster compared',
  connector_list: 'Connectors',
  actions_confirmed: 'Permissions are as approved',
  action_states: 'Permissions, approved and observed',
  permission_changes: 'Permissions that changed',
  app_scopes: 'Permissions of the applications in Entra ID',
  exceptions: 'Exceptions',
};

/** The three kinds in the guide's row, and a fourth for everything else. */
const ALERT_KINDS: readonly (readonly [readonly AlertKind[], string])[] = [
  [['dlp'], 'Data loss'],
  [['access'], 'Sign-in or device'],
  [['bulk_files', 'upload_volume', 'bulk'], 'Bulk use'],
  [['other'], 'Other'],
];

function defenderWords(
  { day, status, classification, closed }: DefenderFacts['lines'][number],
  kind: string,
): string {
  const there = [status ?? 'status not reported', ...(classification === null ? [] : [classification])];
  return [
    `${kind}, ${dayWords(day)}.`,
    `In Defender: ${there.map(spaced).join(', ')}.`,
    closed === null
      ? 'Not closed here.'
      : `Closed here as ${CLASSIFICATION_WORDS[closed.classification].toLowerCase()} (${DETERMINATION_WORDS[closed.determination].toLowerCase()}) by ${closed.by} on ${dayWords(closed.on)}${closed.state === 'written' ? ', and in Defender' : closed.state === 'waiting' ? ', on its way to Defender' : ', only here'}.`,
  ].join(' ');
}

/** Splits camel case: "inProgress" becomes "in progress". */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function agentWords({ account, scopes, readOnly, reviewed }: NonNullable<ConnectorFacts['agent']>): string {
  return `In AWS account ${account}; ${readOnly ? 'read only' : 'it can change data'}: ${scopes.replace(/\.$/, '')}; reviewed ${dayWords(reviewed)}. None of Claude’s logs show what it does; AWS keeps that record.`;
}

function connectorWords({
  approved,
  enabled,
  lastUsed,
  actions,
  wider,
  unconfirmed,
  prerequisite,
}: ConnectorFacts['lines'][number]): string {
  return [
    approved ? 'Approved' : 'Not on the approved list',
    enabled === null ? 'whether it is on is not known' : enabled ? 'on' : 'off',
    lastUsed === null ? 'no source has reported a call' : `last call ${dayWords(lastUsed)}`,
    `${count(actions, 'action')}${wider > 0 ? `, ${wider} wider than approved` : ''}${unconfirmed > 0 ? `, ${unconfirmed} not confirmed` : ''}`,
  ]
    .join('; ')
    .concat('.', prerequisite === null ? '' : ` ${prerequisite}`);
}

function actionEntry({
  key,
  label,
  approved,
  observed,
  on,
}: ConnectorFacts['actions'][number]): FactRead['entries'][number] {
  const seen =
    observed === null
      ? 'what it is set to is not confirmed'
      : `${observed} was observed${on === null ? '' : ` on ${dayWords(on)}`}`;
  return { key, label, detail: `${approved} is approved; ${seen}.` };
}

/** A list that is shown next to the rule and has no verdict. */
function list(reason: string, entries: FactRead['entries'], readOn: string | null): FactRead {
  return { state: null, reason, entries, readOn };
}
// Guide: G2.2-30 G3.1-04 G3.4-01 G3.4-02 G3.4-04 G7.1-01 G7.1-02 G7.1-04 G7.1-06 G7.1-07 G7.1-08

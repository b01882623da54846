import { hasCell, type MatrixConnector, permissionOf } from '../connectors/row.ts';
import { zeroBaselineWords } from '../rules/connectors/zero-baseline.ts';
import { count, dayWords, names } from '../text/words.ts';
import type { ConnectorInput, Seen } from './connectors.ts';
import { addConnectorSteps, removeConnectorSteps } from './restore.ts';
import type { Status } from './status.ts';
import type { Found, Urgency } from './types.ts';

/** A connector that is on although the charter does not approve it, with all its actions. */
export interface StrayInput {
  readonly key: string;
  readonly name: string;
  readonly status: Status;
  readonly rows: readonly Seen[];
  /** Its catalogue entry; null: none, or it covers several. */
  readonly entry: string | null;
  /** No part of it is approved. */
  readonly whole: boolean;
}

/**
 * An extra connector is drift just as a missing one is. Unlisted actions count as open, and unclassified ones as
 * writes.
 */
export function strayDeviation(input: ConnectorInput, stray: StrayInput): Found {
  const { name, status, rows } = stray;
  const stated = rows.filter(({ part }) => part.row.observed?.state != null);
  const open = stated.filter(({ part }) => {
    const state = part.row.observed?.state;
    return state === 'allow' || state === 'ask';
  });
  const unreported = rows.filter(
    ({ part: { row } }) => row.kind === 'action' && row.exists && (row.observed?.state ?? null) === null,
  );
  const writes = (list: readonly Seen[]) => list.filter(({ part }) => part.row.effect !== 'read');
  const others = stated.length === 1 ? 'all its actions' : 'all other actions';
  const urgency: Urgency =
    stated.length === 0 || writes(open).length > 0 || writes(unreported).length > 0 ? 'urgent' : 'soon';
  const says =
    stated.length === 0
      ? 'No table says what it may do, so all of it counts as open.'
      : [
          open.length === 0
            ? 'All that is listed of it is Blocked.'
            : `These are not Blocked: ${names(
                open.map(({ part: { row } }) => (row.kind === 'rest' ? others : row.title)),
                4,
              )}.`,
          unreported.length === 0
            ? null
            : `${count(unreported.length, 'action')} of it ${unreported.length === 1 ? 'is' : 'are'} in no table.`,
        ]
          .filter((part) => part !== null)
          .join(' ');
  const { group } = status;
  const on = group.evidence[0]?.observedOn ?? '';
  const notCovered = status.layer > 0;
  const keys = open.flatMap(({ part }) => (part.seen === null ? [] : [part.seen.key.toLowerCase()]));
  const not =
    input.baseline === null
      ? 'the charter does not approve it'
      : `${zeroBaselineWords(input.baseline)} applies, and no charter names connectors`;
  const memberData = rows.length > 0 && group.entries.some(({ category }) => category === 'ams');
  const invariant = memberData && writes(open).length > 0 ? AMS : null;
  return {
    key: stray.key,
    subject: 'connector',
    system: name,
    label: name,
    direction: 'wider',
    urgency,
    words: notCovered
      ? `It was on when last seen, on ${dayWords(on)}, but ${not}. The newest table does not list it, which does not mean that it is off. ${says}`
      : `It is turned on, but ${not}. ${says}`,
    effect: null,
    charter: input.baseline === null ? 'Not approved' : 'None',
    observed: notCovered ? 'On when last seen' : 'On',
    state: null,
    wanted: null,
    width: Math.max(
      stated.length === 0 ? 2 : 0,
      ...open.map(({ part }) => (part.row.observed?.state === 'allow' ? 2 : 1)),
    ),
    on,
    notCovered,
    evidence: group.evidence,
    cause: input.causes.ofConnector(group, 'added'),
    invariant,
    listed: notCovered
      ? []
      : [
          ...(stray.whole ? input.listed('connectors', [group.key.toLowerCase()]) : []),
          ...input.listed('actions', keys),
        ],
    restore: removeConnectorSteps(input.controls.connectors, name, input.context.profile.claudePlan),
    row: null,
    amend: {
      kind: 'connector',
      entries: stray.entry !== null ? [stray.entry] : group.entries.map(({ id }) => id),
      name,
      tools: group.entries.length > 0 ? [] : toolsOf(stated),
    },
  };
}

/** Tools that the charter can name individually. */
function toolsOf(rows: readonly Seen[]): string[] {
  return rows.flatMap(({ part: { row, cell } }) => (row.kind === 'action' ? [cell.action] : []));
}

const AMS = 'In a membership system, only reading is allowed';

/** A connector that the charter approves but that is switched off; null if nothing in it was approved as open. */
export function missingDeviation(
  input: ConnectorInput,
  system: MatrixConnector,
  status: Status,
  rows: readonly Seen[],
): Found | null {
  const open = rows.filter(({ part: { row } }) => hasCell(row) && permissionOf(row) !== 'blocked');
  if (open.length === 0 || system.charter === null) return null;
  const name = system.charter;
  return {
    key: system.id,
    subject: 'connector',
    system: name,
    label: name,
    direction: 'narrower',
    urgency: 'information',
    words: `It is not turned on, although the charter approves it with ${count(open.length, 'action')} open.`,
    effect: null,
    charter: 'Approved',
    observed: 'Not on',
    state: null,
    wanted: null,
    width: 0,
    on: status.evidence[0]?.observedOn ?? '',
    notCovered: status.layer > 0,
    evidence: status.evidence,
    cause: input.causes.ofConnector(status.group, 'removed'),
    invariant: null,
    listed: [],
    restore: addConnectorSteps(input.controls.connectors, name, input.context.profile.claudePlan),
    row: null,
    amend: { kind: 'remove', name },
  };
}

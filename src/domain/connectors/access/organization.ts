import type { Evidence } from '../../model/reading.ts';
import type { Observed } from '../../rules/connectors/observe.ts';
import type { Cell, ObservedConnector } from '../../rules/connectors/table.ts';
import { dayWords } from '../../text/words.ts';
import { observedState } from '../matrix.ts';
import type { MatrixConnector, MatrixRow } from '../row.ts';
import { PERMISSION_WORDS } from '../words.ts';
import { type Gate, gate, unknownGate } from './gate.ts';

/** Whether the organization has the connector in Claude, from observations only. The charter is not one. */
export function enabledGate(
  connector: Pick<MatrixConnector, 'name' | 'charter' | 'enabled'>,
  group: ObservedConnector | null,
  observed: Observed,
  tableDay: string | null,
): Gate {
  const { name } = connector;
  if (group !== null && connector.enabled !== null) {
    const days = group.evidence.map(({ observedOn }) => observedOn).sort();
    const on = days.at(-1);
    const when = on === undefined ? '' : `, observed on ${dayWords(on)}`;
    return connector.enabled
      ? gate('open', `${name} is enabled in Claude${when}.`, group.evidence)
      : gate('closed', `${name} is not enabled in Claude${when}.`, group.evidence);
  }
  const wish =
    connector.charter === null
      ? ''
      : ' That the charter approves it is a decision; it does not show what is set.';
  if (observed.missing !== null)
    return unknownGate(
      `Whether ${name} is enabled in Claude cannot be read. ${observed.missing.why}${wish}`,
      observed.missing.howToGet.text,
    );
  return unknownGate(
    `The connectors table${tableDay === null ? '' : ` of ${dayWords(tableDay)}`} does not list ${name}, and does not say that it is off.${wish}`,
    `Write ${name} into the connectors table, with “no” under enabled where it is off.`,
  );
}

/** The observed state of one action in Claude. If none was observed, reports the charter's permission as the intent. */
export function actionGate(row: Pick<MatrixRow, 'charter'>, seen: Cell | null, observed: Observed): Gate {
  const state = seen === null ? null : observedState(seen);
  const evidence: readonly Evidence[] = seen?.evidence ?? [];
  const conflict = seen?.conflict == null ? '' : ` ${seen.conflict}`;
  const on = state === null ? '' : dayWords(state.on);
  switch (state?.state) {
    case 'allow':
      return gate(
        'open',
        `Set to Always allow, observed on ${on}: it runs without asking.${conflict}`,
        evidence,
      );
    case 'ask':
      return gate(
        'asks',
        `Set to Needs approval, observed on ${on}: Claude asks before each call, but not in Research mode.${conflict}`,
        evidence,
      );
    case 'blocked':
      return gate('closed', `Blocked, observed on ${on}.${conflict}`, evidence);
    case 'off':
      return gate('closed', `Claude offers no such action, observed on ${on}.${conflict}`, evidence);
    default:
      return unknownGate(
        `${state === null ? 'The state in Claude was not observed.' : `The state in Claude was looked up on ${on} and not understood: ${state.words ?? 'nothing is written there'}.`} ${wishWords(row)}`,
        observed.missing?.howToGet.text ?? 'Write its state into the connectors table.',
        evidence,
      );
  }
}

function wishWords(row: Pick<MatrixRow, 'charter'>): string {
  if (row.charter === null) return 'The charter does not mention it either.';
  return `The charter decides on ${PERMISSION_WORDS[row.charter]}; that is what is intended, not what is set.`;
}

/** The organization's gate for one action: seat, connector and the action's own state. Any closed part closes it. */
export function organizationGate(seat: Gate, enabled: Gate, action: Gate): Gate {
  const parts = [seat, enabled, action];
  const closed = parts.find(({ state }) => state === 'closed');
  if (closed) return closed;
  const open = parts.filter(({ state }) => state === 'unknown');
  if (open.length === 0) return action;
  return unknownGate(
    open.map(({ words }) => words).join(' '),
    [...new Set(open.flatMap(({ howTo }) => howTo ?? []))].join(' '),
    open.flatMap(({ evidence }) => evidence),
  );
}
// Guide: G3.1-01

import type { StoredActivity } from '#domain/activity/activity.ts';
import type { StepNow } from './read.ts';
import type { IncidentView } from './show.ts';
import { toConfirm, writeWords } from './writes.ts';

interface CallContext {
  /** Number of characters of the arguments that are stored, by time and id of the call. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly steps: readonly StepNow[];
}

/** One call around the time of the incident: what it did, what it was for, and who let it through. */
export function callView(one: StoredActivity, { inputs, steps }: CallContext): IncidentView['calls'][number] {
  const kept = inputs.get(`${one.at} ${one.id}`);
  const size = one.detail.tool_input_size_bytes;
  return {
    session: one.session,
    does: one.effect === 'read' ? 'read' : one.effect === 'write' || one.effect === 'admin' ? 'write' : null,
    meant: toConfirm(one) ? meantOf(writeWords(one), steps) : null,
    arguments: {
      state: kept === undefined ? 'not_recorded' : 'kept',
      characters: kept ?? (Number.isSafeInteger(Number(size ?? Number.NaN)) ? Number(size) : null),
    },
    at: one.at,
    type: one.type,
    tool: one.tool,
    connector: one.connectorName ?? one.connector,
    effect: one.effect,
    outcome: one.outcome,
    through: letThrough(one.detail),
    approved: approvedBy(letThrough(one.detail)),
    source: one.source,
  };
}

/** What a step that lists writes says about a write: the label of the selected option; null: not answered. */
function meantOf(write: string, steps: readonly StepNow[]): string | null {
  for (const { step, record } of steps) {
    const { writesInto, fields = [] } = step.entries ?? {};
    const choice = fields.find(({ kind }) => kind === 'choice');
    if (writesInto === undefined || choice === undefined) continue;
    const entry = record.entries.find((one) => one[writesInto] === write);
    const chosen = choice.options.find(({ id }) => id === entry?.[choice.id]);
    if (chosen !== undefined) return chosen.words;
  }
  return null;
}

/** Who or what approved a call, if the source reports it. */
function letThrough(detail: Readonly<Record<string, unknown>>): string | null {
  const source = detail.decision_source ?? detail.decisionSource;
  return typeof source === 'string' ? source : null;
}

/** Whether a person approved a call, by the decision source that Claude reports; null: an unknown decision source. */
function approvedBy(source: string | null): 'person' | 'automatic' | null {
  if (source === null) return null;
  if (/^user(_|$)/u.test(source)) return 'person';
  return source === 'config' || source === 'hook' ? 'automatic' : null;
}

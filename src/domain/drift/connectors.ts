import { matrixParts, type Part } from '../connectors/matrix.ts';
import { fileKey } from '../connectors/places.ts';
import { driftOf, hasCell, type MatrixConnector, permissionOf } from '../connectors/row.ts';
import { PERMISSION_WORDS } from '../connectors/words.ts';
import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import type { ZeroBaseline } from '../rules/connectors/zero-baseline.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import type { Causes } from './cause.ts';
import type { Layer } from './layers.ts';
import { restoreAction } from './restore.ts';
import { statusOf } from './status.ts';
import { addStray, silentStrays } from './strays.ts';
import type { Found, Listed, Status, Unread } from './types.ts';
import { missingDeviation, type StrayInput, strayDeviation } from './whole-connectors.ts';

export interface ConnectorInput {
  readonly context: CheckContext;
  readonly charter: Charter;
  /** Set if no charter names connectors, so that they are compared with none. */
  readonly baseline: ZeroBaseline | null;
  readonly layers: readonly Layer[];
  readonly causes: Causes;
  /** The controls that compare connectors, and actions, with the charter. */
  readonly controls: { readonly connectors: Control | undefined; readonly actions: Control | undefined };
  /** Those of `keys` that the control currently lists. */
  readonly listed: (which: 'connectors' | 'actions', keys: readonly string[]) => readonly Listed[];
  readonly atOf: (evidence: Evidence | undefined) => string | null;
}

export interface Compared {
  readonly deviations: readonly Found[];
  readonly unread: readonly Unread[];
  readonly same: number;
  readonly unreported: readonly string[];
  readonly status: ReadonlyMap<string, Status>;
}

/** An action as shown by the newest reading that covers it. */
export interface Seen {
  readonly part: Part;
  readonly layer: number;
}

/** Compares connectors and actions with the charter. What no reading covers counts neither as drift nor as the same. */
export function compareConnectors(input: ConnectorInput): Compared {
  const { context, charter, layers } = input;
  const { catalogue, today } = context;
  const made = layers.map(({ connectors }) =>
    matrixParts({ catalogue, charter, observed: connectors, today }),
  );
  const systems = new Map<string, MatrixConnector>();
  const rows = new Map<string, Seen>();
  for (const [layer, { connectors, parts }] of made.entries()) {
    for (const one of connectors) if (!systems.has(one.id)) systems.set(one.id, one);
    for (const part of parts) {
      const known = rows.get(part.row.id);
      if (known === undefined || (stateOf(known.part) === null && stateOf(part) !== null))
        rows.set(part.row.id, { part, layer });
    }
  }
  const out: Out = { deviations: [], unread: [], same: 0, unreported: [], status: new Map() };
  for (const group of layers.toReversed().flatMap(({ connectors }) => connectors))
    out.status.set(fileKey(group.key), groupStatus(input, group.enabled, group.name, group.evidence[0]));
  const strays = new Map<string, StrayInput>();
  const whole = new Set<string>();
  const unlisted = new Set<string>();
  for (const system of systems.values()) {
    const status = statusOf(system, layers);
    const own = [...rows.values()].filter(({ part }) => part.row.connector === system.id);
    if (system.charter === null) {
      if (status?.enabled === true) addStray(strays, system, status, own, [...systems.values()]);
      continue;
    }
    if ((status === null || status.layer > 0) && !out.unreported.includes(system.charter))
      out.unreported.push(system.charter);
    if (status !== null && !status.enabled) {
      if (whole.has(system.charter)) continue;
      whole.add(system.charter);
      const all = [...rows.values()].filter(
        ({ part }) => systems.get(part.row.connector)?.charter === system.charter,
      );
      const missing = missingDeviation(input, system, status, all);
      if (missing !== null) {
        out.deviations.push(missing);
        out.status.set(missing.key, departs(missing, input));
      } else out.same += 1;
      continue;
    }
    if (status === null) {
      if (!unlisted.has(system.charter)) out.unread.push(unlistedWords(system.charter, system.id));
      unlisted.add(system.charter);
      continue;
    }
    compareActions(input, system, own, out);
  }
  for (const stray of [...strays.values(), ...silentStrays(input, systems)]) {
    const deviation = strayDeviation(input, stray);
    out.deviations.push(deviation);
    out.status.set(deviation.key, departs(deviation, input));
  }
  return out;
}

interface Out {
  readonly deviations: Found[];
  readonly unread: Unread[];
  same: number;
  readonly unreported: string[];
  readonly status: Map<string, Status>;
}

function stateOf({ row }: Part) {
  return row.observed?.state ?? null;
}

function compareActions(
  input: ConnectorInput,
  system: MatrixConnector,
  rows: readonly Seen[],
  out: Out,
): void {
  const missing: Part[] = [];
  const rest = rows.find(({ part }) => part.row.kind === 'rest' && isDeparture(part));
  const folded = rest === undefined ? [] : rows.filter((seen) => seen !== rest && followsRest(seen, rest));
  for (const seen of rows) {
    if (folded.includes(seen)) continue;
    const { row } = seen.part;
    const drift = stateOf(seen.part) === null ? null : driftOf(row);
    if (drift === null) {
      if (row.kind === 'action' && row.exists && hasCell(row)) missing.push(seen.part);
      continue;
    }
    const label = `${system.name} “${row.title}”`;
    if (seen.layer > 0 && system.charter !== null && !out.unreported.includes(system.charter))
      out.unreported.push(label);
    const evidence = seen.part.seen?.evidence[0] ?? null;
    if (drift === 'same') {
      out.same += 1;
      out.status.set(row.id, {
        how: 'conforms',
        words: `${label} is ${stateWords(row.observed?.state ?? 'blocked')}, as the charter says.`,
        evidence,
        at: input.atOf(evidence ?? undefined),
      });
      continue;
    }
    // One tool shared by several parts of Microsoft 365 is one cell and one deviation.
    const twin = out.deviations.find(
      (one) => one.row !== null && row.shared.includes(one.row) && one.state === row.observed?.state,
    );
    if (twin === undefined) {
      const deviation = actionDeviation(input, system, seen, drift, seen === rest ? folded : []);
      out.deviations.push(deviation);
      if (seen === rest)
        for (const { part } of folded) out.status.set(part.row.id, departs(deviation, input));
      out.status.set(row.id, departs(deviation, input));
    } else out.status.set(row.id, departs(twin, input));
  }
  if (missing.length === 0) return;
  out.unread.push(missingWords(system, missing));
  out.unreported.push(...missing.map(({ row }) => `${system.name} “${row.title}”`));
}

function isDeparture(part: Part): boolean {
  return stateOf(part) !== null && driftOf(part.row) !== 'same';
}

/**
 * Whether an action only repeats the line for everything else, with no charter entry of its own: not a separate
 * deviation.
 */
function followsRest({ part }: Seen, rest: Seen): boolean {
  const { row, seen } = part;
  const [line] = seen?.evidence ?? [];
  const [of] = rest.part.seen?.evidence ?? [];
  return (
    (row.charterFrom === 'rest' || row.charterFrom === null) &&
    line !== undefined &&
    line.file === of?.file &&
    line.row === of.row
  );
}

/** @param folded Actions covered by the line for everything else, if that line is the deviation. */
function actionDeviation(
  input: ConnectorInput,
  system: MatrixConnector,
  { part, layer }: Seen,
  direction: 'wider' | 'narrower',
  folded: readonly Seen[],
): Found {
  const { row, seen } = part;
  const state = row.observed?.state ?? 'blocked';
  const wanted = permissionOf(row);
  const approved =
    row.charter === null
      ? 'but the charter does not mention it, so it should be Blocked'
      : row.charterFrom === 'lapsed'
        ? `but the charter calls for ${PERMISSION_WORDS[wanted]} now that its exception has ended`
        : `but the charter calls for ${PERMISSION_WORDS[wanted]}`;
  const unknown =
    row.effect === 'unknown' && row.kind === 'action'
      ? ' No one has said what it does: until someone classifies it, it is as urgent as a write.'
      : '';
  const notCovered = layer > 0;
  const covers =
    folded.length === 0
      ? ''
      : ` It covers ${names(
          folded.map((one) => one.part.row.title),
          4,
        )}, and whatever tool is added.`;
  const keys = [seen, ...folded.map((one) => one.part.seen)].flatMap((one) =>
    one === null ? [] : [one.key.toLowerCase()],
  );
  const on = row.observed?.on ?? '';
  const last = notCovered
    ? ` Last seen on ${dayWords(on)}; the newest table does not list it, which does not mean that it changed.`
    : '';
  return {
    key: row.id,
    subject: 'action',
    system: system.name,
    label: `${system.name} “${row.title}”`,
    direction,
    urgency: direction === 'narrower' ? 'information' : row.effect === 'read' ? 'soon' : 'urgent',
    words: `It is ${state === 'off' ? 'not offered' : `set to ${stateWords(state)}`}, ${approved}.${covers}${unknown}${last}`,
    effect: row.effect,
    charter: row.charter === null ? 'Not decided, so Blocked' : PERMISSION_WORDS[wanted],
    observed: stateWords(state),
    state,
    wanted,
    width: WIDTH[state],
    on,
    notCovered,
    evidence: seen?.evidence ?? [],
    cause: seen === null ? { known: false, why: 'Nothing shows who changed it.' } : input.causes.ofCell(seen),
    invariant: state !== 'off' && row.guarded?.states.includes(state) === true ? row.guarded.why : null,
    listed: notCovered ? [] : input.listed('actions', keys),
    restore: restoreAction(input.controls.actions, {
      connector: system.name,
      action: row.title,
      wanted,
      plan: input.context.profile.claudePlan,
    }),
    row: row.id,
    amend: { kind: 'cells', cells: [{ row: row.id, permission: state === 'off' ? 'blocked' : state }] },
  };
}

const WIDTH = { off: 0, blocked: 0, ask: 1, allow: 2 } as const;

function stateWords(state: keyof typeof WIDTH): string {
  return state === 'off' ? 'Not offered' : PERMISSION_WORDS[state];
}

function departs(deviation: Found, { atOf }: ConnectorInput): Status {
  const [evidence] = deviation.evidence;
  return {
    how: 'departs',
    words: deviation.words,
    evidence: evidence ?? null,
    at: atOf(evidence),
  };
}

function groupStatus(
  { atOf }: ConnectorInput,
  enabled: boolean,
  name: string,
  evidence: Evidence | undefined,
): Status {
  return {
    how: 'conforms',
    words: enabled ? `${name} is on, as the charter says.` : `${name} is not on.`,
    evidence: evidence ?? null,
    at: atOf(evidence),
  };
}

function unlistedWords(name: string, key: string): Unread {
  return {
    key,
    label: name,
    why: `No current connectors table mentions ${name}. A table that leaves it out does not mean that it is off.`,
    question: `Write one line per action of ${name} into the connectors table, or, if it is not on, one line with “no” under enabled.`,
  };
}

function missingWords(system: MatrixConnector, missing: readonly Part[]): Unread {
  const titles = missing.map(({ row }) => row.title);
  return {
    key: `${system.id}/`,
    label: system.name,
    why: `${count(missing.length, 'action')} of ${system.name} ${verb(missing.length, 'has', 'have')} no state in any current table: ${names(titles, 4)}.`,
    question: `Write the state of ${names(titles, 4)} into the connectors table; “not offered” if Claude shows no such tool. One line such as “write/delete tools” or “*” may cover all tools of a kind.`,
  };
}

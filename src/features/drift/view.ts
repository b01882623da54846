import type { z } from 'zod';
import type { Deviation } from '#domain/drift/types.ts';
import { DECISIONS, type Outcome } from '#domain/drift/words.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Evidence } from '#domain/model/reading.ts';
import type { DriftDecisionRow } from '#store/drift/decisions.ts';
import type { ClientRef } from '../context.ts';
import { shownEvidence } from '../controls/index.ts';
import { shownOwner } from '../owners/index.ts';
import type { PathState } from '../paths/index.ts';
import { present } from '../shared/moment.ts';
import type { Loaded } from './load.ts';
import type { deviationSchema, historySchema } from './schemas.ts';
import { decidedAt, outcomeOf } from './state.ts';

export type DeviationView = z.infer<typeof deviationSchema>;
export type HistoryView = z.infer<typeof historySchema>;

/** Why drift cannot be accepted; null if it can. */
export function whyNotAccepted(one: Deviation): string | null {
  if (one.direction !== 'wider' || one.listed.length > 0) return null;
  if (one.notCovered)
    return 'The newest reading does not cover it, so what would be accepted is unknown. Import a reading that does.';
  return 'No control fails because of it, so an exception would cover nothing. Put it back, or change the charter.';
}

interface ViewContext {
  readonly catalogue: Catalogue;
  /** Feedback on menu paths since they were last checked. */
  readonly paths: ReadonlyMap<string, PathState>;
}

export function deviationView(
  one: Deviation,
  loaded: Loaded,
  { catalogue, paths }: ViewContext,
): DeviationView {
  const row = loaded.open.get(one.key);
  const decided = decidedAt(one, row, loaded.around);
  const controls = one.listed.map(({ control }) => control);
  const whyNot = whyNotAccepted(one);
  return {
    key: one.key,
    subject: one.subject,
    system: one.system,
    label: one.label,
    direction: one.direction,
    urgency: one.urgency,
    words: one.words,
    effect: one.effect,
    charter: one.charter,
    observed: one.observed,
    states: one.state === null || one.wanted === null ? null : { charter: one.wanted, observed: one.state },
    on: one.on,
    notCovered: one.notCovered,
    cause: causeView(one, loaded),
    evidence: one.evidence.map((evidence) => shownEvidence(evidence, loaded.shaOf)),
    invariant: one.invariant,
    controls,
    secondPerson: catalogue.controls.some(
      ({ id, severity }) => severity === 'critical' && controls.includes(id),
    ),
    acceptable: whyNot === null,
    whyNot,
    amendable: one.amend !== null,
    row: one.row,
    restore: one.restore.map((step) => ({
      ...step,
      path: step.where === null ? null : (paths.get(step.where) ?? null),
    })),
    state: decided.state,
    note: decided.words,
    decision: row === undefined ? null : decisionView(row, loaded),
  };
}

function causeView({ cause }: Deviation, { shaOf }: Loaded): DeviationView['cause'] {
  if (!cause.known)
    return { known: false, who: null, at: null, event: null, ip: null, evidence: null, why: cause.why };
  const { who, at, event, ip, evidence } = cause;
  return { known: true, who, at, event, ip, evidence: shownEvidence(evidence, shaOf), why: null };
}

function decisionView(
  row: DriftDecisionRow,
  { around, assignments, access }: Loaded,
): NonNullable<DeviationView['decision']> {
  // An assignment from before a different decision no longer applies.
  const assigned = row.decision === 'restore' ? assignments.get(row.deviation) : undefined;
  return {
    owner: assigned === undefined ? null : shownOwner(assigned, access),
    due: assigned?.due_on ?? null,
    decision: DECISIONS.find((one) => one === row.decision) ?? 'restore',
    reason: row.reason,
    by: row.decided_by_name,
    at: row.decided_at.toISOString(),
    until: row.until_day,
    draft: row.charter_draft_id,
    exceptions: row.exceptions.flatMap((id) => {
      const one = around.exceptions.get(id);
      return one === undefined
        ? []
        : [{ id, control: one.control_id, state: one.state, until: one.until_day }];
    }),
    version: row.version,
  };
}

/** Decisions whose drift is no longer found, and those that are over. */
export function historyOf(loaded: Loaded, client: Pick<ClientRef, 'timezone'>): HistoryView[] {
  const { reading, decisions } = loaded;
  const departs = new Set(reading.deviations.map(({ key }) => key));
  const status = new Map(reading.status.map((one) => [one.key, one]));
  return decisions.flatMap((row): HistoryView[] => {
    if (row.state === 'open' && departs.has(row.deviation)) return [];
    const decided = status.get(row.deviation);
    const decidedOn = present(row.decided_at, client.timezone).today;
    const outcome: Outcome =
      row.state === 'open'
        ? outcomeOf(row, decided, { decidedOn, charterVersion: loaded.charterVersion })
        : (CLOSED_OUTCOMES.find((one) => one === row.state) ?? 'lapsed');
    const stored = row.state === 'open' ? null : (row.proof as StoredProof | null);
    const proof = stored ?? (outcome === 'proven' ? (decided?.evidence ?? null) : null);
    return [
      {
        id: row.id,
        key: row.deviation,
        label: row.label,
        urgency: row.urgency === 'urgent' || row.urgency === 'soon' ? row.urgency : 'information',
        seen: row.seen,
        decision: decisionView(row, loaded),
        outcome,
        words: outcomeWords(row, outcome, proof),
        proof: proof === null ? null : shownEvidence(proof, loaded.shaOf),
        endedAt: row.ended_at?.toISOString() ?? null,
      },
    ];
  });
}

/** The proof and the id of the person who imported it. null if no person did; also missing in older records. */
type StoredProof = Evidence & { readonly broughtBy?: string | null };

const CLOSED_OUTCOMES = ['proven', 'settled', 'withdrawn', 'lapsed'] as const satisfies readonly Outcome[];

function outcomeWords(row: DriftDecisionRow, outcome: Outcome, proof: StoredProof | null): string {
  switch (outcome) {
    case 'proven':
      return `A later reading shows it as the charter says${proof === null ? '' : `: ${proof.says}`}.${proof?.broughtBy === row.decided_by ? ` ${row.decided_by_name}, who decided this, also ${proof?.kind === 'attestations' ? 'recorded the statement' : 'brought the file'} that shows it.` : ''}`;
    case 'settled':
      return 'The charter was changed and says it so now.';
    case 'unproven':
      return 'It can no longer be found, and no later reading shows that it was put back. Import one that covers it.';
    case 'withdrawn':
      return `${row.ended_by_name ?? 'Someone'} withdrew the decision${row.ended_reason === null ? '' : `: ${row.ended_reason.replace(/\.$/, '')}`}.`;
    default:
      return row.ended_reason ?? 'It ended.';
  }
}

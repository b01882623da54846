import type { z } from 'zod';
import { daysBetween } from '#domain/model/day.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { type AttestationRow, allAttestations } from '#store/attestations/attestations.ts';
import type { HandlerContext } from '../context.ts';
import { currentVerdicts } from '../exceptions/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { accepts, countsUntil } from './accepts.ts';
import type { attestationShown } from './contract.ts';
import type { AttestationState } from './states.ts';

export type AttestationView = z.infer<typeof attestationShown>;

export function todayOf({ now, client }: HandlerContext): string {
  return present(now, client.timezone).today;
}

/** Every attestation of the client as it stands today, and the verdicts that it may bear on. */
export async function readAttestations(context: HandlerContext): Promise<{
  readonly all: readonly AttestationView[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
}> {
  await context.services.verdicts.ensureCurrent([context.client.id]);
  return context.read(async (tx) => {
    const verdicts = await currentVerdicts(tx, context.client.id);
    const rows = await allAttestations(tx, context.client.id);
    return { all: rows.map((row) => view(context, row, rows, verdicts)), verdicts };
  });
}

export async function readAttestation(context: HandlerContext, id: string): Promise<AttestationView> {
  const found = (await readAttestations(context)).all.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

function view(
  context: HandlerContext,
  row: AttestationRow,
  all: readonly AttestationRow[],
  verdicts: ReadonlyMap<string, Verdict>,
): AttestationView {
  const control = context.services.catalogue.controls.find(({ id }) => id === row.control_id);
  const taken = control ? accepts(control) : null;
  const until = taken === null ? null : countsUntil(row.seen, row.expires, taken.days);
  const today = todayOf(context);
  return {
    id: row.id,
    control: row.control_id,
    title: control?.title ?? 'A control that the catalogue no longer holds',
    severity: control?.severity ?? null,
    verdict: verdicts.get(row.control_id)?.state ?? null,
    state: stateOf(row, all, until, today),
    holds: row.holds,
    seen: row.seen,
    by: row.attested_by,
    note: row.note,
    evidence: row.files[0] ?? null,
    moreEvidence: row.files.slice(1),
    expires: row.expires,
    countsUntil: until,
    daysLeft: until === null ? null : daysBetween(today, until),
    imported: row.import_id !== null,
    createdAt: row.created_at.toISOString(),
    withdrawn:
      row.withdrawn_at === null
        ? null
        : {
            by: row.withdrawn_by_name ?? 'Someone',
            at: row.withdrawn_at.toISOString(),
            reason: row.withdrawn_reason ?? '',
          },
  };
}

/** A later look at the same control replaces an earlier one, also where the later one has expired since. */
function stateOf(
  row: AttestationRow,
  all: readonly AttestationRow[],
  until: string | null,
  today: string,
): AttestationState {
  if (row.withdrawn_at !== null) return 'withdrawn';
  const later = all.some(
    (one) =>
      one.control_id === row.control_id &&
      one.withdrawn_at === null &&
      one.seen > row.seen &&
      one.seen <= today,
  );
  if (later) return 'replaced';
  return until !== null && until < today ? 'expired' : 'current';
}

import { incidentCode } from '#domain/incidents/words.ts';
import type { Evidence } from '#domain/model/reading.ts';
import { STATES, type State } from '#domain/model/verdict.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { approvalsOfDraft } from '#store/charter/drafts.ts';
import { charterVersions } from '#store/charter/versions.ts';
import { allEvidence, type EvidenceRow } from '#store/evidence/evidence.ts';
import { actsOf, incidentEvidence, incidentsOf, stepsOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { acknowledgementsIn, policyVersions } from '#store/policy/versions.ts';
import { answersOf, reviewsOf } from '#store/reviews/reviews.ts';
import { type CurrentVerdict, currentVerdicts } from '#store/verdicts/current.ts';
import { evidencePath } from '../audit/index.ts';
import type { HandlerContext } from '../context.ts';
import { type ShaOf, shasOf } from '../controls/index.ts';
import { readExceptions } from '../exceptions/index.ts';
import { shownStamps } from '../time-stamps/index.ts';
import { AUDIT, type RoomStamps } from './manifest.ts';

/** An evidence file as the other files of the room refer to it. */
export interface RoomFile {
  readonly sha256: string;
  readonly name: string;
  /** Its path in the room; null if it is no longer kept. */
  readonly path: string | null;
}

export type RoomFacts = Awaited<ReturnType<typeof factsOf>>;

/** Everything in an evidence room about a client except the audit log and the evidence files. */
export async function factsOf(context: HandlerContext) {
  const { client, services } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const exceptions = await exceptionsOf(context);
  return context.read(async (tx) => {
    const evidence = await allEvidence(tx, client.id);
    const fileOf = filesBy(evidence);
    const current = await currentVerdicts(tx, client.id);
    return {
      evidence,
      /** Path of each evidence file in the room. */
      paths: new Map(evidence.map((row) => [row.sha256, `${AUDIT}${evidencePath(row)}`])),
      current,
      verdicts: verdictsOf(context, current, await shasOf(tx, client.id), fileOf),
      exceptions,
      charters: await chartersOf(tx, client.id),
      reviews: await reviewsIn(tx, client.id, fileOf),
      incidents: await incidentsIn(tx, client.id, evidence, fileOf),
      policy: await policyOf(tx, client.id),
      stamps: await stampsIn(tx, client.id, fileOf),
    };
  });
}

type FileOf = (sha256: string) => RoomFile;

function filesBy(evidence: readonly EvidenceRow[]): FileOf {
  const rows = new Map(evidence.map((row) => [row.sha256, row]));
  return (sha256) => {
    const row = rows.get(sha256);
    return {
      sha256,
      name: row?.name ?? 'No longer kept',
      path: row === undefined ? null : `${AUDIT}${evidencePath(row)}`,
    };
  };
}

/** All controls of the catalogue, including those without a verdict. */
function verdictsOf(
  { services }: HandlerContext,
  current: readonly CurrentVerdict[],
  shaOf: ShaOf,
  fileOf: FileOf,
) {
  const byControl = new Map(current.map((one) => [one.verdict.control, one]));
  const cited = (one: Evidence) => {
    const { sha256, removedOn } = shaOf(one);
    return {
      file: one.file,
      row: one.row ?? null,
      observedOn: one.observedOn,
      says: one.says,
      kept: sha256 === null ? null : fileOf(sha256),
      removedOn,
    };
  };
  return services.catalogue.controls.map((control) => {
    const found = byControl.get(control.id);
    const verdict = found?.verdict;
    return {
      control: control.id,
      title: control.title,
      severity: control.severity,
      /** null if there is no verdict. */
      state: verdict?.state ?? null,
      since: found?.since.toISOString() ?? null,
      reason: verdict?.reason ?? null,
      question: verdict?.question ?? null,
      goodUntil: verdict?.goodUntil ?? null,
      exception: verdict?.exception ?? null,
      items: (verdict?.items ?? []).map(({ key, label, detail }) => ({ key, label, detail })),
      evidence: (verdict?.evidence ?? []).map(cited),
    };
  });
}

/** Number of controls by state. */
export function statesOf(verdicts: RoomFacts['verdicts']): readonly (readonly [State, number])[] {
  return STATES.map((state) => [state, verdicts.filter((one) => one.state === state).length] as const);
}

/** All exceptions with who asked for, approved and ended each; those of an imported charter name its version's approval. */
async function exceptionsOf(context: HandlerContext) {
  return (await readExceptions(context)).map((one) => ({
    control: one.control,
    title: one.title,
    source: one.source,
    state: one.state,
    /** Why it has no effect although it is in force. */
    why: one.why,
    reason: one.reason,
    owner: one.owner,
    from: one.from,
    until: one.until,
    /** What it covers; null: the whole control. */
    items: one.items,
    requested: one.requested,
    decided: one.decided,
    ended: one.ended,
  }));
}

async function chartersOf(tx: Tx, clientId: string) {
  const versions = await charterVersions(tx, clientId);
  return Promise.all(
    versions.map(async (one) => ({
      version: one.version,
      storedAt: one.storedAt.toISOString(),
      file: one.file,
      sha256: one.sha256,
      /** What approved it; null if it was imported before approval was required. */
      basis: one.basis,
      approvals:
        one.draftId === null
          ? []
          : (await approvalsOfDraft(tx, clientId, one.draftId)).map((approval) => ({
              by: approval.approved_by_name,
              at: approval.approved_at.toISOString(),
              round: approval.round,
              note: approval.note,
            })),
      value: one.value,
    })),
  );
}

async function reviewsIn(tx: Tx, clientId: string, fileOf: FileOf) {
  const rows = await reviewsOf(tx, [clientId]);
  return Promise.all(
    rows.map(async (row) => ({
      kind: row.kind,
      from: row.from_on,
      opened: { by: row.opened_by_name, at: row.opened_at.toISOString() },
      signed:
        row.signed_at === null
          ? null
          : {
              by: row.signed_by_name,
              as: row.signed_as,
              at: row.signed_at.toISOString(),
              on: row.signed_on,
              next: row.next_on,
            },
      minutes: (row.minutes ?? []).map(({ format, sha256 }) => ({ format, ...fileOf(sha256) })),
      answers: (await answersOf(tx, clientId, [row.id])).map((answer) => ({
        item: answer.item,
        title: row.items.find(({ id }) => id === answer.item)?.title ?? answer.item,
        answer: answer.answer,
        note: answer.note,
        owner: answer.owner_name,
        day: answer.day,
        by: answer.changed_by_name,
        at: answer.changed_at.toISOString(),
        closed:
          answer.closed_on === null
            ? null
            : { on: answer.closed_on, by: answer.closed_by_name, note: answer.closed_note },
      })),
    })),
  );
}

/** Kind of evidence of incident reports; file names of an incident's reports start with the incident's code. */
const REPORT = 'incident_report';

/**
 * Incidents without the answers given in their steps, some of which are confidential; the signed reports contain the
 * others.
 */
async function incidentsIn(tx: Tx, clientId: string, evidence: readonly EvidenceRow[], fileOf: FileOf) {
  const rows = await incidentsOf(tx, clientId);
  return Promise.all(
    rows.map(async (row) => {
      const code = incidentCode(row.number, row.drill);
      const steps = await stepsOf(tx, [clientId], row.id);
      return {
        code,
        drill: row.drill,
        type: row.plan.title,
        playbook: { id: row.playbook, revised: row.playbook_revised, sha256: row.playbook_sha256 },
        title: row.title,
        severity: row.severity,
        noticed: row.noticed_at.toISOString(),
        opened: { by: row.opened_by_name, at: row.opened_at.toISOString() },
        state: row.state,
        outcome: row.outcome,
        closed:
          row.closed_at === null
            ? null
            : { by: row.closed_by_name, at: row.closed_at.toISOString(), reason: row.closing },
        steps: row.plan.steps.map((step) => {
          const kept = steps.find((one) => one.step === step.id);
          return {
            step: step.id,
            title: step.title,
            state: kept?.state ?? null,
            due: kept?.due_at.toISOString() ?? null,
            by: kept?.done_by_name ?? null,
            at: kept?.done_at?.toISOString() ?? null,
            reason: kept?.reason ?? null,
          };
        }),
        timeline: (await actsOf(tx, clientId, row.id)).map((act) => ({
          act: act.act,
          step: act.step,
          by: act.done_by_name,
          at: act.done_at.toISOString(),
        })),
        evidence: (await incidentEvidence(tx, clientId, row.id)).flatMap(({ kind, sha256 }) =>
          sha256 === null ? [] : [{ kind, ...fileOf(sha256) }],
        ),
        reports: evidence
          .filter(({ how, name }) => how === REPORT && name.startsWith(`incident-${code.toLowerCase()}-`))
          .map(({ sha256, addedAt }) => ({ at: addedAt.toISOString(), ...fileOf(sha256) })),
      };
    }),
  );
}

async function stampsIn(tx: Tx, clientId: string, fileOf: FileOf): Promise<RoomStamps> {
  return [...(await shownStamps(tx, clientId))].map(([sha256, stamp]) => ({
    ...fileOf(sha256),
    state: stamp.state,
    at: stamp.at,
    authority: stamp.authority,
    certificate: stamp.certificate,
    token: stamp.token === null ? null : fileOf(stamp.token).path,
  }));
}

async function policyOf(tx: Tx, clientId: string) {
  const versions = await policyVersions(tx, clientId);
  const register = await acknowledgementsIn(tx, clientId);
  return {
    versions: versions.map((one) => ({
      version: versionLabel(one),
      title: one.content.title,
      effectiveOn: one.effective_on,
      reason: one.reason,
      proposedBy: one.proposed_by_name,
      approvedBy: one.approved_by_name,
      approvedAt: one.approved_at.toISOString(),
      sha256: one.sha256,
      content: one.content,
    })),
    register: register.map((one) => ({
      entry: one.id,
      name: one.name,
      address: one.address,
      version: versionLabel(one),
      sha256: one.sha256,
      at: one.at.toISOString(),
      method: one.method,
    })),
  };
}

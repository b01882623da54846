import type { MeansFinding } from '#domain/incidents/means.ts';
import type { ProofState, StepState } from '#domain/incidents/status.ts';
import type { PlaybookCheck, PlaybookStep } from '#domain/model/playbook.ts';
import type { Evidence } from '#domain/model/reading.ts';
import { address } from '#domain/people/names.ts';
import { dayWords, shortId } from '#domain/text/words.ts';
import { activitiesOfPerson, logEdges } from '#store/activity/read.ts';
import type { ChangeRow } from '#store/changes/changes.ts';
import type { IncidentRow, IncidentStepRow } from '#store/incidents/incidents.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { type PeopleReading, type PersonEvidence, readingNow } from '../people/index.ts';
import { present } from '../shared/moment.ts';
import { findMeans } from './blocking/find-means.ts';
import { seenSince } from './blocking/proof.ts';
import { containmentsOf, wordsOfChange } from './containment.ts';
import { findPermissions, followsPermissions, type Permissions } from './permissions/find-permissions.ts';
import { provenBy } from './permissions/proof.ts';
import { seatOf } from './seat.ts';

/** A reading that shows something, with its file if already known. */
export type Cited = Evidence | Pick<PersonEvidence, 'file' | 'sha256'>;

/** What shows that a containment works, with the sentences to display. */
export interface Proof {
  readonly state: ProofState;
  readonly words: readonly string[];
  /** Readings that show it. */
  readonly evidence: readonly Cited[];
}

/** If no reading shows it: the person on whose statement the containment is based. */
export function wordOf({ state }: Pick<Proof, 'state'>, row: Pick<IncidentStepRow, 'done_by_name'>) {
  return state === 'stated' ? (row.done_by_name ?? 'Someone') : null;
}

interface Read {
  readonly people: PeopleReading | null;
  readonly changes: readonly ChangeRow[];
  readonly means: readonly MeansFinding[];
  readonly permissions: Permissions | null;
}

export interface Seen {
  readonly is: 'shown' | 'contradicted' | 'unseen';
  readonly words: string;
  readonly evidence?: readonly Cited[];
}

/** Kinds of evidence that are not readings of a system. */
const NO_READINGS: readonly string[] = ['charter', 'journal', 'plan', 'catalogue', 'profile', 'attestations'];

/**
 * Proofs of the containment steps, by step. Verdicts must be current. A closed incident keeps the proofs of its
 * closing: later changes are drift.
 */
export async function proofsOf(
  context: HandlerContext,
  incident: IncidentRow,
  rows: readonly IncidentStepRow[],
  /** Where they were looked at already. */
  permissions?: Permissions,
): Promise<ReadonlyMap<string, Proof>> {
  const steps = incident.plan.steps.filter(({ kind }) => kind === 'contain');
  if (incident.state === 'closed') return new Map(steps.flatMap((step) => closedProof(incident, step, rows)));
  const wantsSeats = steps.some(({ checks }) => checks.some(({ by }) => by === 'no_seat'));
  const people =
    wantsSeats && incident.person !== null && !incident.drill
      ? await readingNow(context, context.client)
      : null;
  const changes = await context.read((tx) => containmentsOf(tx, incident));
  const wantsMeans = steps.some(
    (step) =>
      step.checks.some(({ by }) => by === 'means') &&
      rows.some((row) => row.step === step.id && row.state === 'done'),
  );
  const means = wantsMeans && !incident.drill ? await findMeans(context, incident) : [];
  const follows = steps.some(
    (step) => followsPermissions(step) && rows.some((row) => row.step === step.id && row.state === 'done'),
  );
  const followed = permissions ?? (follows ? await findPermissions(context, incident, rows) : null);
  const proofs = new Map<string, Proof>();
  for (const step of steps) {
    const row = rows.find((one) => one.step === step.id);
    if (row !== undefined)
      proofs.set(
        step.id,
        await proofOf(context, incident, step, row, { people, changes, means, permissions: followed }),
      );
  }
  return proofs;
}

function closedProof(
  incident: IncidentRow,
  { id }: PlaybookStep,
  rows: readonly IncidentStepRow[],
): [string, Proof][] {
  const row = rows.find(({ step }) => step === id);
  return row === undefined ? [] : [[id, keptProof(incident, row)]];
}

/** What the closing of an incident was based on, as recorded then. */
export function keptProof(
  { outcome, drill }: Pick<IncidentRow, 'outcome' | 'drill'>,
  { state, proof, files }: IncidentStepRow,
): Proof {
  if (proof !== null) return { ...proof, evidence: [] };
  if (state !== 'done' || outcome !== 'resolved') return { state: 'none', words: [], evidence: [] };
  // An incident could be closed as resolved only with one of the two, but which one was not recorded.
  const stated = drill || files.length > 0;
  return {
    state: stated ? 'stated' : 'shown',
    words: [
      stated
        ? 'It was closed before Bylaw kept what showed it: a file was attached, and whether a reading showed it, too, is not known.'
        : 'It was closed before Bylaw kept what showed it: no file was attached, so a reading did.',
    ],
    evidence: [],
  };
}

async function proofOf(
  context: HandlerContext,
  incident: IncidentRow,
  step: PlaybookStep,
  row: IncidentStepRow,
  { people, changes, means, permissions }: Read,
): Promise<Proof> {
  const done = row.done_at;
  if ((row.state as StepState) !== 'done' || done === null) return { state: 'none', words: [], evidence: [] };
  if (incident.drill)
    return { state: 'stated', words: ['A drill: what was done is not read anywhere.'], evidence: [] };
  if (followsPermissions(step) && row.permissions.length > 0)
    return provenBy(context, permissions?.followed.get(step.id) ?? [], done);
  const doneOn = present(done, context.client.timezone).today;
  const seen: Seen[] = [];
  for (const check of step.checks) {
    if (check.by === 'permissions') continue;
    const found =
      check.by === 'means'
        ? seenSince(means, {
            row,
            noticed: incident.noticed_at,
            now: context.now,
            timezone: context.client.timezone,
          })
        : await look(context, incident, check, doneOn, people);
    // If no stricter permission was proposed, a passing control may only reflect the looser charter.
    seen.push(followsPermissions(step) && found.is === 'shown' ? { ...found, is: 'unseen' } : found);
  }
  if (step.quietAfterMinutes !== undefined && incident.person !== null)
    seen.push(
      await quiet(context, incident.person, new Date(done.getTime() + step.quietAfterMinutes * 60_000)),
    );
  for (const change of changes.filter(({ target }) => step.changes?.some((one) => one === target))) {
    const wording = wordsOfChange(context, change);
    if (wording !== null) seen.push({ is: 'unseen', words: wording });
  }
  const words = seen.map((one) => one.words);
  if (seen.some(({ is }) => is === 'contradicted')) return { state: 'contradicted', words, evidence: [] };
  const shows = seen.filter(({ is }) => is === 'shown');
  if (shows.length > 0)
    return { state: 'shown', words, evidence: shows.flatMap(({ evidence }) => evidence ?? []) };
  return { state: row.files.length > 0 ? 'stated' : 'none', words, evidence: [] };
}

async function look(
  { client, read }: HandlerContext,
  incident: IncidentRow,
  check: Exclude<PlaybookCheck, { by: 'means' | 'permissions' }>,
  doneOn: string,
  people: PeopleReading | null,
): Promise<Seen> {
  if (check.by === 'no_seat') {
    const seat = incident.person === null ? null : seatOf(people, address(incident.person));
    if (seat === null)
      return { is: 'unseen', words: 'No current members file shows whether the person holds a seat.' };
    // A file of the same day may predate the removal of the seat.
    if (seat.on <= doneOn)
      return {
        is: 'unseen',
        words: `The members file is from ${dayWords(seat.on)}. A later one has to show it.`,
      };
    return seat.held
      ? { is: 'contradicted', words: `The members file of ${dayWords(seat.on)} still lists a seat.` }
      : {
          is: 'shown',
          words: `The members file of ${dayWords(seat.on)} lists no seat.`,
          evidence: seat.evidence,
        };
  }
  const [status] = await read((tx) => currentVerdicts(tx, client.id, check.control));
  const readings = (status?.verdict.evidence ?? []).filter(({ kind }) => !NO_READINGS.includes(kind));
  const first = readings.map(({ observedOn }) => observedOn).sort()[0];
  const name = shortId(check.control);
  if (status === undefined || first === undefined || first <= doneOn)
    return {
      is: 'unseen',
      words: `${name} has no reading of a day after ${dayWords(doneOn)} yet.`,
    };
  switch (status.verdict.state) {
    case 'pass':
      return {
        is: 'shown',
        words: `${name} passes on readings since ${dayWords(first)}.`,
        evidence: readings,
      };
    case 'fail':
      return { is: 'contradicted', words: `${name} fails on readings since ${dayWords(first)}.` };
    default:
      return { is: 'unseen', words: `${name} cannot be decided from the readings since.` };
  }
}

/** A log without events proves nothing, since not every surface reports; an event proves the contrary. */
async function quiet({ client, read }: HandlerContext, person: string, from: Date): Promise<Seen> {
  const { events, last } = await read(async (tx) => ({
    events: await activitiesOfPerson(tx, client.id, address(person), from, new Date(8.64e15), 1),
    last: (await logEdges(tx, client.id))?.last ?? null,
  }));
  const [event] = events;
  if (event !== undefined)
    return {
      is: 'contradicted',
      words: `The log has an event of the person on ${dayWords(event.at.slice(0, 10))}, after access had ended.`,
    };
  return {
    is: 'unseen',
    words:
      last === null || last < from.toISOString()
        ? 'The log does not reach past the time at which access ended.'
        : 'The log has no event of the person since. That alone proves nothing: not every surface reports.',
  };
}
// Guide: G7.2-02 G7.2-07 G7.2-20

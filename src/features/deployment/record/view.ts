import { DateTime } from 'luxon';
import type { TaskState } from '#domain/journeys/status.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { momentWords } from '#domain/text/moments.ts';
import { count, dayWords, names, zoneWords } from '#domain/text/words.ts';
import { signatureWords } from '../../signed-records/index.ts';
import type { Deployment } from '../show.ts';

export const TASK_STATE_WORDS: Readonly<Record<TaskState, string>> = {
  proved: 'Proved',
  not_needed: 'Not needed',
  locked: 'Locked',
  fails: 'Not proved: it fails',
  cannot_read: 'Not proved: it cannot be read',
  pending: 'Not proved: pending',
  not_licensed: 'Not proved: not licensed',
  policy_only: 'Not proved: policy only',
};

const OVERRIDDEN = 'Started under an override although tasks before it are not proved.';

interface MadeBy {
  readonly by: string;
  readonly at: Date;
  readonly zone: string;
  readonly fingerprint: string;
  readonly paper: 'a4' | 'us-letter';
}

/** What the record prints, as text only. Dates are days and minutes in the client's time zone. */
export interface RecordView {
  readonly title: string;
  readonly author: string;
  readonly date: readonly number[];
  readonly paper: string;
  readonly client: string;
  readonly headline: string;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly proved: readonly { readonly task: string; readonly words: string }[];
  readonly unproved: readonly { readonly task: string; readonly state: string; readonly why: string }[];
  readonly phases: readonly {
    readonly title: string;
    readonly tasks: readonly {
      readonly task: string;
      readonly state: string;
      readonly proved: boolean;
      readonly words: string;
      readonly proof: readonly {
        readonly control: string;
        readonly state: string;
        readonly reason: string;
        readonly evidence: readonly string[];
      }[];
    }[];
  }[];
  readonly overrides: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly handovers: readonly string[];
  /** Changes of plan, licenses and add-ons, and their effect on tasks. */
  readonly changes: readonly string[];
  readonly files: readonly { readonly code: string; readonly what: string }[];
  readonly signature: readonly string[];
  readonly foot: string;
}

export function recordView(shown: Deployment, { by, at, zone, fingerprint, paper }: MadeBy): RecordView {
  const local = DateTime.fromJSDate(at, { zone });
  const moment = (instant: string) => momentWords(instant, zone);
  const made = moment(at.toISOString());
  const open = shown.tasks.filter(({ state }) => state !== 'proved' && state !== 'not_needed');
  return {
    title: `Deployment record of ${shown.name}`,
    author: by,
    date: [local.year, local.month, local.day],
    paper,
    client: shown.name,
    headline: headlineOf(shown, open.length),
    facts: [
      { term: 'Made by', value: `${by}, ${made}, ${zoneWords(zone)}` },
      { term: 'Decided from the evidence of', value: dayWords(shown.today) },
      { term: 'Plan', value: shown.plan },
      { term: 'Domains', value: names([...shown.domains], 20) },
      { term: 'Staff', value: shown.staff === null ? 'not known' : String(shown.staff) },
      {
        term: 'Responsible',
        value:
          shown.holder === null ? 'No one named' : `${shown.holder.person} (${sideWords(shown.holder.side)})`,
      },
    ],
    proved: shown.tasks
      .filter(({ state }) => state === 'proved')
      .map((task) => ({ task: `${task.number}. ${task.title}`, words: task.words })),
    unproved: open.map((task) => ({
      task: `${task.number}. ${task.title}`,
      state: TASK_STATE_WORDS[task.state],
      why: [
        ...(task.overridden ? [OVERRIDDEN] : []),
        task.locked?.words ?? `${task.words}.`,
        ...task.instead.map((words) => `Instead: ${words}`),
      ].join(' '),
    })),
    phases: shown.phases.map((phase) => ({
      title: phase.title,
      tasks: shown.tasks
        .filter((task) => task.phase === phase.id)
        .map((task) => ({
          task: `${task.number}. ${task.title}`,
          state: TASK_STATE_WORDS[task.state],
          proved: task.state === 'proved',
          words: `${task.words}.${task.overridden ? ` ${OVERRIDDEN}` : ''}`,
          proof: task.proof.map((proof) => proofView(proof, moment)),
        })),
    })),
    overrides: shown.tasks.flatMap(({ overrides }) => overrides).map((one) => overrideView(one, moment)),
    handovers: shown.handovers.map(
      (one) =>
        `${moment(one.at)}: ${one.by} handed the deployment to ${one.person} (${sideWords(one.side)})${one.note === null ? '' : `: ${one.note}`}`,
    ),
    changes: [
      ...shown.changes.map((one) => `${moment(one.at)}, entered by ${one.by}: ${one.words}.`),
      ...shown.tasks.flatMap((task) =>
        task.changed === null ? [] : [`${task.number}. ${task.title}: ${task.changed}`],
      ),
    ],
    files: filesOf(shown),
    signature: signatureWords(fingerprint),
    foot: `${shown.name} · deployment record · ${made}`,
  };
}

function headlineOf({ proved, of, completion }: Deployment, open: number): string {
  if (completion.complete) return completion.words;
  return `${proved} of ${count(of, 'task')} that apply ${proved === 1 ? 'is' : 'are'} proved. ${count(open, 'task')} ${open === 1 ? 'is' : 'are'} not.`;
}

function proofView(proof: Deployment['tasks'][number]['proof'][number], moment: (instant: string) => string) {
  const since = proof.since === null ? '' : `, since ${moment(proof.since)}`;
  const until =
    proof.acceptedUntil === null ? '' : `, by an exception until ${dayWords(proof.acceptedUntil)}`;
  const more =
    proof.more.evidence === 0 ? [] : [`and ${proof.more.evidence} more on the page of the control`];
  return {
    control: `${proof.short} ${proof.title}`,
    state: `${STATE_WORDS[proof.state]}${until}${since}`,
    reason: proof.reason,
    evidence: [
      ...proof.evidence.map(
        (one) =>
          `${one.kindName} of ${dayWords(one.observedOn)}, ${one.file}${one.row === null ? '' : `, row ${one.row}`}: ${one.says}${one.sha256 === null ? '' : ` [${one.sha256.slice(0, 12)}…]`}`,
      ),
      ...more,
    ],
  };
}

function overrideView(
  one: Deployment['tasks'][number]['overrides'][number],
  moment: (instant: string) => string,
) {
  const decided =
    one.decided === null
      ? 'No one has decided it yet, so it unlocks nothing.'
      : `${one.state === 'approved' ? 'Approved' : 'Refused'} by ${one.decided.by}, ${moment(one.decided.at)}: ${one.decided.note ?? ''}`;
  return {
    title: `${one.number === null ? '' : `${one.number}. `}${one.title}`,
    lines: [
      `Requested by ${one.requested.by}, ${moment(one.requested.at)}: ${one.reason}`,
      `It waited then for: ${names(one.waitedFor, 20)}.`,
      decided,
      ...(one.state === 'approved' && !one.counts ? ['It lifts no lock now.'] : []),
    ],
  };
}

/** Every cited file once, with its full SHA-256. */
function filesOf({ tasks }: Deployment): RecordView['files'] {
  const files = new Map<string, string>();
  for (const { proof } of tasks)
    for (const { evidence } of proof)
      for (const one of evidence)
        if (one.sha256 !== null)
          files.set(one.sha256, `${one.file}, ${one.kindName} of ${dayWords(one.observedOn)}`);
  return [...files].map(([code, what]) => ({ code, what })).sort((a, b) => a.what.localeCompare(b.what));
}

function sideWords(side: 'msp' | 'client'): string {
  return side === 'msp' ? 'the MSP' : 'the client';
}

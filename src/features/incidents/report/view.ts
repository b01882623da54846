import { DateTime } from 'luxon';
import { dataWords, PERMISSION_WORDS } from '#domain/connectors/words.ts';
import { SEVERITY_WORDS } from '#domain/labels.ts';
import { momentWords } from '#domain/text/moments.ts';
import { count, dayWords, zoneWords } from '#domain/text/words.ts';
import type { IncidentView } from '../show.ts';

type Step = IncidentView['plan'][number];

interface Line {
  readonly title: string;
  readonly words: string;
  readonly lines: readonly string[];
}

/** The content of a post-incident report as plain text, the same for the page and the PDF. */
export interface ReportView {
  readonly title: string;
  readonly author: string;
  readonly date: readonly number[];
  readonly paper: string;
  readonly client: string;
  readonly headline: string;
  readonly summary: string;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly steps: readonly Line[];
  readonly lessons: readonly string[];
  readonly evidence: readonly { readonly what: string; readonly words: string; readonly code: string }[];
  readonly timeline: readonly { readonly when: string; readonly words: string }[];
  readonly signature: readonly string[];
  readonly foot: string;
}

interface MadeBy {
  readonly client: string;
  readonly by: string;
  readonly at: Date;
  readonly zone: string;
  /** null: it is not signed. */
  readonly fingerprint: string | null;
  readonly paper: string;
}

const STATES: Readonly<Record<Step['state'], string>> = {
  open: 'Not done',
  done: 'Done',
  leave_out_asked: 'Proposed to be skipped; no one has agreed yet',
  left_out: 'Skipped',
};

const PROOFS = {
  shown: 'a reading shows that it worked',
  stated: 'no reading shows that it worked',
  none: 'nothing shows that it worked',
  awaited: 'not everything is in force and shown by a reading yet',
  contradicted: 'a reading contradicts it',
} as const;

export function reportView(
  incident: IncidentView,
  { client, by, at, zone, fingerprint, paper }: MadeBy,
): ReportView {
  const local = DateTime.fromJSDate(at, { zone });
  const moment = (instant: string) => momentWords(instant, zone);
  const { closed, outcome } = incident;
  const what = incident.drill ? 'drill' : 'incident';
  const ended =
    closed === null
      ? `Open: ${count(incident.plan.filter((step) => !step.settled).length, 'step', 'steps')} left`
      : `${outcome === 'false_alarm' ? 'A false alarm' : 'Resolved'}, closed by ${closed.by} on ${moment(closed.at)}`;
  return {
    title: `Report on ${what} ${incident.code} at ${client}`,
    author: by,
    date: [local.year, local.month, local.day],
    paper,
    client,
    headline: `${incident.title}. ${ended}.`,
    summary: incident.summary,
    facts: [
      { term: incident.drill ? 'Drill' : 'Incident', value: `${incident.code}, ${incident.type}` },
      ...(incident.drill ? [{ term: 'Note', value: 'This was an exercise, not a real incident.' }] : []),
      { term: 'Severity', value: SEVERITY_WORDS[incident.severity] },
      { term: 'Happened', value: incident.happened === null ? 'not known' : moment(incident.happened) },
      { term: 'Noticed', value: moment(incident.noticed) },
      { term: 'Opened', value: `${incident.opened.by}, ${moment(incident.opened.at)}` },
      { term: 'Led by', value: incident.lead?.name ?? 'no one' },
      { term: 'Person', value: incident.person ?? 'no one named' },
      { term: 'Connector', value: incident.connector ?? 'none named' },
      ...(incident.playbook.about.includes('file')
        ? [
            { term: 'File', value: incident.fileName ?? 'not reported' },
            { term: 'Found', value: incident.pattern ?? 'not reported' },
            { term: 'Device', value: incident.device ?? 'not reported' },
          ]
        : []),
      {
        term: 'Kinds of data',
        value: incident.data.length === 0 ? 'not known' : dataWords(incident.data),
      },
      {
        term: 'Playbook',
        value: `revision of ${dayWords(incident.playbook.revised)}, SHA-256 ${incident.playbook.sha256.slice(0, 16)}…`,
      },
      ...incident.plan.flatMap(({ title, proof }) =>
        proof?.word == null
          ? []
          : [
              {
                term: 'Not shown by a reading',
                value: `${title}: on the word of ${proof.word}, with a file`,
              },
            ],
      ),
      ...(incident.closing === null ? [] : [{ term: 'Closing note', value: incident.closing }]),
      { term: 'Times', value: zoneWords(zone) },
    ],
    steps: incident.plan.map((step) => stepLine(step, moment)),
    lessons: incident.plan.flatMap(({ lessons }) =>
      lessons.map(
        ({ text, draft, control }) =>
          `${text}${control === null ? '' : ` (control ${control})`}${draft === null ? '' : ' (draft of the charter)'}`,
      ),
    ),
    evidence: incident.evidence.map((one) => ({
      what: one.words,
      words: `${one.by}, ${moment(one.at)}`,
      code: one.sha256 === null ? '' : `SHA-256 ${one.sha256}`,
    })),
    timeline: incident.timeline.map((one) => ({
      when: moment(one.at),
      words: `${one.words}${one.by === null ? '' : `, ${one.by}`}${one.note === null ? '' : `: ${one.note}`}`,
    })),
    signature:
      fingerprint === null
        ? ['This page is not signed. The PDF that Bylaw keeps as evidence is signed.']
        : [
            'This file is signed by the server that made it. Changing a single byte breaks the signature.',
            `Certificate: SHA-256 ${fingerprint}`,
          ],
    foot: `${client} · ${incident.code} · made by ${by}, ${moment(at.toISOString())}`,
  };
}

function permissionLine(one: NonNullable<Step['permissions']>['followed'][number]): string {
  const change = `${one.label}: ${PERMISSION_WORDS[one.from]} → ${PERMISSION_WORDS[one.to]}. ${one.reason}`;
  return [change, ...one.words].join(' ');
}

function stepLine(step: Step, moment: (instant: string) => string): Line {
  const word = step.proof?.word == null ? '' : `, accepted on the word of ${step.proof.word}, with a file`;
  const proof = step.proof === null || step.state !== 'done' ? '' : `; ${PROOFS[step.proof.state]}${word}`;
  const by = step.done === null ? '' : `, ${step.done.by}, ${moment(step.done.at)}`;
  const said = (fields: Step['fields'], answers: Readonly<Record<string, string>>) =>
    fields.flatMap((field) => {
      const answer = answers[field.id];
      if (answer === undefined) return [];
      const words =
        field.options.find(({ id }) => id === answer)?.words ??
        (field.kind === 'day' ? dayWords(answer) : field.kind === 'instant' ? moment(answer) : answer);
      return [`${field.asks}: ${words}`];
    });
  const { entries } = step;
  return {
    title: step.title,
    words: `${STATES[step.state]}${by}${step.took === null ? '' : `, ${step.took} after it was noticed`}${proof}. Due ${moment(step.due)}.`,
    lines: [
      ...(step.reason === null ? [] : [`Reason for leaving it out: ${step.reason}`]),
      ...(step.confidential
        ? ['Answers are visible only to the people who worked on this step and are not part of this report.']
        : [
            ...said(step.fields, step.answers),
            ...(entries === null
              ? []
              : step.list.length === 0
                ? step.none
                  ? [`Stated: there is no ${entries.noun}.`]
                  : []
                : step.list.map((entry, at) => `${at + 1}. ${said(entries.fields, entry).join(' · ')}`)),
            ...(step.permissions?.followed ?? []).map(permissionLine),
            ...(step.proof?.words ?? []),
          ]),
    ],
  };
}

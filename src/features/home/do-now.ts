import type { z } from 'zod';
import { type NextAction, nextActions } from '#domain/decide/next-actions.ts';
import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import { KINDS } from '#domain/model/kinds.ts';
import type { VerdictHead } from '#domain/model/verdict.ts';
import { count, dayWords, shortId } from '#domain/text/words.ts';
import type { Broken } from '#domain/work/facts.ts';
import { findingKey } from '#domain/work/items.ts';
import { claimsWork, sinkKey, sourceKey } from '#domain/work/waiting.ts';
import type { OpenAlerts } from '../alerts/index.ts';
import type { ReadyGate } from '../conditional-access/index.ts';
import type { HandlerContext } from '../context.ts';
import type { UrgentDrift } from '../drift/index.ts';
import type { homeSchema } from './contract.ts';
import { alertTask, withDrift } from './urgent.ts';

export type Task = NonNullable<z.infer<typeof homeSchema>['doNow']>[number];
type Verb = Task['verb'];
type Can = HandlerContext['can'];

/** Controls whose work is done on the people page. */
const OF_PEOPLE: readonly string[] = ['CLA-ACC-07', 'CLA-ACC-08', 'CLA-ACC-09', 'CLA-ACC-13', 'CLA-SHA-03'];

/** An exception that waits for a second person. */
export interface WaitingException {
  readonly id: string;
  readonly control: string;
  readonly reason: string;
  readonly until: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
}

/** A draft of the charter that waits for someone who did not work on it. */
export interface WaitingDraft {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly proposedByName: string;
  /** Ids of its authors. */
  readonly authors: readonly string[];
  /** Ids of those who approved its current content. */
  readonly approvedBy: readonly string[];
}

/** A connector request without a decision. */
export interface WaitingRequest {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly askedBy: string;
  readonly askedByName: string;
  /** Ids of those who have approved it so far. */
  readonly approvedBy: readonly string[];
}

interface DoNowInput {
  readonly catalogue: Catalogue;
  readonly verdicts: readonly VerdictHead[];
  readonly waiting: readonly WaitingException[];
  readonly charterDrafts: readonly WaitingDraft[];
  /** Number of imported claims that this person may confirm or refuse. */
  readonly claims: number;
  readonly requests: readonly WaitingRequest[];
  /** null if this person may not see it. */
  readonly drift: readonly UrgentDrift[] | null;
  /** Problems of connected sources. */
  readonly sources: readonly (Broken & { readonly urgent: boolean })[];
  /** Problems of sinks. */
  readonly sinks: readonly Broken[];
  /** Policies for which enforcement can be decided now. */
  readonly gates: readonly ReadyGate[];
  /** null if this person may not see them. */
  readonly alerts: OpenAlerts | null;
  readonly userId: string;
  readonly today: string;
  readonly can: Can;
}

/** What to do, in order. Approvals that the person may give come early, because someone waits for them. */
export function doNow({
  catalogue,
  verdicts,
  waiting,
  charterDrafts,
  claims,
  requests,
  drift,
  sources,
  sinks,
  gates,
  alerts,
  userId,
  today,
  can,
}: DoNowInput): Task[] {
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const stateOf = new Map(verdicts.map((verdict) => [verdict.control, verdict.state]));
  const ref = (id: string) => ({ id, short: shortId(id), title: controls.get(id)?.title ?? id });
  const approvals = waiting
    .filter((one) => can('exceptions.approve') && one.requestedBy !== userId)
    .map(
      (one): Task => ({
        key: `exception_waits:${one.id}`,
        kind: 'approve',
        verb: 'exception',
        state: stateOf.get(one.control) ?? 'fail',
        title: `Approve or refuse the exception for ${shortId(one.control)}`,
        detail: `${one.requestedByName} requests it until ${dayWords(one.until)}: ${one.reason}`,
        controls: [ref(one.control)],
        severity: controls.get(one.control)?.severity ?? 'medium',
        minutes: null,
        due: null,
        late: false,
        subject: one.id,
      }),
    );
  const charters = charterDrafts
    .filter(
      ({ authors, approvedBy }) =>
        can('charter.approve') && !authors.includes(userId) && !approvedBy.includes(userId),
    )
    .map(
      (one): Task => ({
        key: `charter_waits:${one.id}`,
        kind: 'approve',
        verb: 'charter',
        state: 'pending',
        title: 'Approve or refuse a draft of the charter',
        detail: `${one.proposedByName} proposes “${one.title}”: ${one.reason}`,
        controls: [],
        severity: 'high',
        minutes: null,
        due: null,
        late: false,
        subject: one.id,
      }),
    );
  const wishes = requests
    .filter(
      ({ askedBy, approvedBy }) =>
        can('requests.decide') && askedBy !== userId && !approvedBy.includes(userId),
    )
    .map(
      (one): Task => ({
        key: `request_waits:${one.id}`,
        kind: 'approve',
        verb: 'request',
        state: 'pending',
        title: `Decide on the request for ${one.name}`,
        detail: `${one.askedByName} requests it: ${one.purpose}`,
        controls: [],
        severity: 'medium',
        minutes: null,
        due: null,
        late: false,
        subject: one.id,
      }),
    );
  const toConfirm = claimsWork(claims);
  const stated: Task[] =
    toConfirm === null
      ? []
      : [
          {
            key: toConfirm.key,
            kind: 'approve',
            verb: 'claims',
            state: 'pending',
            title: toConfirm.title,
            detail: toConfirm.why,
            controls: [],
            severity: 'medium',
            minutes: null,
            due: null,
            late: false,
            subject: null,
          },
        ];
  const broken = sources.map(
    ({ key, title, says, urgent: lost }): Task => ({
      key: sourceKey(key),
      kind: 'fix',
      verb: 'source',
      state: lost ? 'fail' : 'cannot_read',
      title,
      detail: says,
      controls: [],
      severity: lost ? 'critical' : 'high',
      minutes: null,
      due: null,
      late: false,
      subject: null,
    }),
  );
  const unsent = sinks.map(
    ({ key, title, says }): Task => ({
      key: sinkKey(key),
      kind: 'fix',
      verb: 'sink',
      state: 'fail',
      title,
      detail: says,
      controls: [],
      severity: 'high',
      minutes: null,
      due: null,
      late: false,
      subject: null,
    }),
  );
  const enforce = gates.map(
    (one): Task => ({
      key: `gate_ready:${one.template}`,
      kind: 'approve',
      verb: 'enforce',
      state: stateOf.get(one.control) ?? 'pending',
      title: `Decide whether to enforce “${one.name}”`,
      detail: gateWords(one),
      controls: [ref(one.control)],
      severity: controls.get(one.control)?.severity ?? 'medium',
      minutes: null,
      due: null,
      late: false,
      subject: one.template,
    }),
  );
  const alarms = alerts === null ? [] : alertTask(alerts);
  const actions = nextActions(catalogue, verdicts, 'console').map((action): Task => {
    const first = controls.get(action.controls[0] ?? '');
    const verb = first === undefined ? 'control' : verbFor(action, first, can, drift !== null);
    return {
      key: findingKey(action),
      kind: action.kind,
      verb,
      state: action.kind === 'fix' ? 'fail' : action.kind === 'bring' ? 'cannot_read' : 'pending',
      title: action.title,
      detail: action.detail,
      controls: action.controls.map(ref),
      severity: action.severity,
      minutes: action.minutes,
      due: action.due,
      late: action.due !== null && action.due < today,
      subject:
        verb === 'import' ? fileOf(action) : action.answers.length === 0 ? null : action.answers.join(','),
    };
  });
  const tasks = withDrift(actions, drift ?? []);
  // A draft has no effect until approved, while a critical failing control does harm meanwhile.
  const urgent = tasks.filter(({ kind, severity }) => kind === 'fix' && severity === 'critical');
  const others = tasks.filter((one) => !urgent.includes(one));
  // Overdue work is shown nowhere else on Home, so it is among the first here.
  return [
    // Events that are not recorded meanwhile are permanently lost; nothing else gets worse by the hour.
    ...broken.filter(({ severity }) => severity === 'critical'),
    ...alarms,
    ...approvals,
    ...urgent,
    ...charters,
    ...wishes,
    ...stated,
    ...enforce,
    ...broken.filter(({ severity }) => severity !== 'critical'),
    ...unsent,
    ...others.filter(({ late }) => late),
    ...others.filter(({ late }) => !late),
  ];
}

/** What a policy would have done while in report-only. */
function gateWords({ due, what, met, of, unclear }: ReadyGate): string {
  const people = count(of, 'person', 'people');
  const would =
    of === 0
      ? 'No sign-in to Claude was read, so what it would have done is not known'
      : met === 0
        ? `Of ${people} who signed in, it would have ${what === 'blocked' ? 'kept no one out' : 'asked no one for more'}`
        : what === 'blocked'
          ? `It would have blocked ${met} of ${people} who signed in`
          : `It would have asked ${met} of ${people} who signed in for more`;
  return `Report-only ended on ${dayWords(due)}. ${would}${unclear === 0 ? '' : `; of ${count(unclear, 'sign-in')} it is not known`}.`;
}

/** Rules that compare with the charter; what they list is decided on the Drift page. */
const OF_DRIFT: readonly string[] = ['connectors-within-charter', 'connectors-only-chartered'];

/** Where a person with these permissions does a piece of work on a control. */
export function verbFor(
  { kind, answers, place }: Pick<NextAction, 'kind' | 'answers' | 'place'>,
  control: Control,
  can: Can,
  drift: boolean,
): Verb {
  if (kind === 'bring') {
    if (place?.startsWith('charter') === true) return ofCharter(answers, can);
    if (place?.startsWith('attestation:') === true) return can('attestations.write') ? 'attest' : 'control';
    if (place === 'profile') return can('client.edit') ? 'settings' : 'control';
    if (place === 'journal') return can('deployment.work') ? 'deployment' : 'control';
    const reads = control.checks.flatMap((check) => check.reads);
    if (reads.some(isFile)) return can('imports.write') ? 'import' : 'control';
    if (reads.includes('attestations')) return can('attestations.write') ? 'attest' : 'control';
    return 'control';
  }
  if (kind === 'fix' && OF_PEOPLE.includes(control.id) && can('people.read')) return 'people';
  if (kind === 'fix' && drift && control.checks.some(({ rule }) => OF_DRIFT.includes(rule))) return 'drift';
  return 'control';
}

function ofCharter(answers: readonly string[], can: Can): Verb {
  if (!can('charter.edit')) return 'control';
  return answers.length === 0 ? 'open_charter' : 'answer';
}

/** The kind of file that settles it; null if it is another document or several kinds. */
function fileOf({ place }: NextAction): string | null {
  const kind = place?.startsWith('source:') === true ? place.slice('source:'.length) : '';
  return Object.hasOwn(KINDS, kind) ? kind : null;
}

function isFile(kind: string): boolean {
  return Object.hasOwn(KINDS, kind) || kind === 'charter' || kind === 'journal';
}

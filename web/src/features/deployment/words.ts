import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';

export type Deployment = Awaited<ReturnType<typeof client.deployment.show>>;
export type Task = Deployment['tasks'][number];
export type Proof = Task['proof'][number];
export type Override = Task['overrides'][number];
export type CheckAnswer = Awaited<ReturnType<typeof client.deployment.check>>;

/** What the viewer may do beyond reading the deployment. */
export interface May {
  readonly people: boolean;
  readonly imports: boolean;
  readonly write: boolean;
  readonly attest: boolean;
  readonly evidence: boolean;
  readonly work: boolean;
  readonly charter: boolean;
}

/** The next thing that would prove something: a link, a statement in a dialog, or the lookup that Bylaw runs. */
export type Lead =
  | { readonly kind: 'link'; readonly label: string; readonly href: string }
  | { readonly kind: 'attest'; readonly label: string; readonly control: string }
  | { readonly kind: 'check'; readonly label: string };

/** Controls whose work is done on the people page. */
const OF_PEOPLE: readonly string[] = ['CLA-ACC-07', 'CLA-ACC-08', 'CLA-ACC-09', 'CLA-ACC-13', 'CLA-SHA-03'];

/**
 * What to do next about a check, best option first; empty if it holds or if nothing done here would change it. After a
 * statement that expired or said no, a new statement comes first; otherwise a file does, as stronger evidence.
 */
export function leadsOfProof(slug: string, task: Task, proof: Proof, may: May): readonly Lead[] {
  // A pending item may have been done meanwhile; only a newer reading can show that.
  if (proof.state !== 'fail' && proof.state !== 'cannot_read' && proof.state !== 'pending') return [];
  const here = `/c/${slug}`;
  if (task.check === 'dns') return may.work ? [{ kind: 'check', label: 'Look it up in DNS' }] : [];
  if (proof.state === 'fail' && OF_PEOPLE.includes(proof.control) && may.people)
    return [{ kind: 'link', label: 'Open the people', href: `${here}/people` }];
  const label = proof.state === 'cannot_read' ? 'Import files' : 'Import a new reading';
  const ways: readonly (Lead | null)[] = [
    // Whether a check applies at all may depend on the client's profile.
    proof.asks === 'profile' ? { kind: 'link', label: 'Open the profile', href: `${here}/settings` } : null,
    // A gap in the charter is filled in a draft; after that, a newer reading can decide the check.
    proof.answers.length > 0 && may.charter
      ? {
          kind: 'link',
          label: 'Answer',
          href: `${here}/deployment/${task.id}?answer=${proof.answers.join(',')}`,
        }
      : proof.asks === 'charter' && may.charter
        ? { kind: 'link', label: 'Open the charter', href: `${here}/charter` }
        : null,
    proof.importable && may.imports ? { kind: 'link', label, href: `${here}/imports` } : null,
    proof.attestable && may.attest
      ? { kind: 'attest', label: 'State what you saw', control: proof.control }
      : null,
  ];
  const stated = proof.evidence.some(({ kind }) => kind === 'attestations');
  const leads = (stated ? ways.toReversed() : ways).filter((way) => way !== null);
  return proof.state === 'cannot_read' ? leads : leads.slice(0, 1);
}

/** The one filled button of a task: what would prove it, or else a link to the task to do before or after it. */
export function leadOfTask(slug: string, { tasks, next }: Deployment, task: Task, may: May): Lead | null {
  if (task.overrides.some(({ decidable }) => decidable?.ok === true)) return null;
  const to = (other: Task | undefined, words: (number: number) => string): Lead | null =>
    other === undefined || other.id === task.id
      ? null
      : { kind: 'link', label: words(other.number), href: `/c/${slug}/deployment/${other.id}` };
  if (task.state === 'locked') return to(beginning(tasks, task), (number) => `Go to task ${number}`);
  for (const proof of task.proof) {
    const [lead] = leadsOfProof(slug, task, proof, may);
    if (lead !== undefined) return lead;
  }
  return to(
    tasks.find(({ id }) => id === next),
    (number) => `Continue with task ${number}`,
  );
}

/** The first task that can be worked on to unlock this one. */
function beginning(tasks: readonly Task[], locked: Task): Task | undefined {
  const seen = new Set<string>();
  let at: Task | undefined = locked;
  while (at?.state === 'locked' && !seen.has(at.id)) {
    seen.add(at.id);
    const before: string | undefined = at.after.find(({ open }) => open)?.id;
    at = tasks.find(({ id }) => id === before);
  }
  return at;
}

/** Example: "14 of 27 tasks proved, 2 not needed. 61 staff, Claude Team." */
export function summary({ completion, staff, plan }: Deployment): string {
  const who = staff === null ? 'Number of staff not known' : `${staff} staff`;
  return `${completion.words} ${who}, ${plan}.`;
}

/** The status line below a task's title. A task with no proof yet can be started, and is not shown as failing. */
export function lineOf(task: Task): string {
  const begun = task.overridden ? ', lock overridden' : '';
  const open = task.state === 'cannot_read' || task.state === 'fails' || task.state === 'pending';
  return `${open && task.holding.hold === 0 ? 'Can be done now' : task.line}${begun}`;
}

/** True if nothing was read from this client: no file, answer or statement. */
export function isUnread({ tasks }: Deployment): boolean {
  return tasks.every(({ proof }) =>
    proof.every(({ evidence }) => evidence.every(({ kind }) => kind === 'plan')),
  );
}

/** "guide 2.2, quick reference" for the guide rows that a task covers. */
export function guideWords(rows: readonly string[]): string {
  const sections = [...new Set(rows.map((row) => row.replace(/^G/, '').replace(/-\d+$/, '')))];
  const numbered = sections.filter((section) => section !== 'A');
  return [
    numbered.length === 0 ? '' : `guide ${names(numbered, 6)}`,
    sections.includes('A') ? `${numbered.length === 0 ? 'guide, ' : ''}quick reference` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** "about 15 minutes", "about 2 hours" */
export function timeWords(minutes: number): string {
  return `about ${minutes < 90 ? count(minutes, 'minute') : `${Math.round(minutes / 60)} hours`}`;
}

/** "All 3 proven", "2 of 4 proven; all are needed" */
export function mustWords({ holding: { hold, of } }: Task): string {
  if (of === 0) return 'Not needed here';
  if (of === 1) return hold === 1 ? 'Proven' : 'Not proven yet';
  return hold === of ? `All ${of} proven` : `${hold} of ${of} proven; all are needed`;
}

/** The day until which a verdict is valid or accepted, if known. */
export function untilWords({ goodUntil, acceptedUntil, holds }: Proof): string | null {
  if (acceptedUntil !== null) return `Accepted until ${dayWords(acceptedUntil)}`;
  return goodUntil === null || !holds ? null : `Valid until ${dayWords(goodUntil)}`;
}

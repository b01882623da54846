import { z } from 'zod';
import { dayWords } from '#domain/text/words.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { ChangeTarget, TargetContext } from '../shared/services/change-targets.ts';
import type { CaptureFacts } from './capture-task.ts';
import type { captureSchema } from './schemas.ts';

/** Target id of changes that claim the accounts on a domain. */
export const CAPTURE = 'domain_capture';
type Capture = z.infer<typeof captureSchema>;
type Prerequisite = Capture['prerequisites'][number];

/** Controls that have to pass before a claim (vendor's page on claiming accounts, read 2026-08-22). */
const CONTROLS = ['CLA-SHA-01', 'CLA-ACC-10', 'CLA-ACC-14'] as const;

/** The requirements of a claim of the accounts on the client's domains, its effect, and what was decided. */
export async function showCapture(context: HandlerContext): Promise<Capture> {
  const { services, client } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const found = await look(context);
  if (found === null) throw notFound();
  const { facts, prerequisites } = found;
  const { preview } = facts;
  return {
    available: facts.has,
    why: facts.hasWhy,
    domains: [...facts.domains],
    prerequisites,
    decision: facts.decision,
    preview:
      'why' in preview
        ? { on: null, why: preview.why, claimable: 0, elsewhere: 0, unknown: 0, unreadable: 0 }
        : { on: preview.on, why: null, ...countsOf(preview.accounts), unreadable: preview.unreadable },
  };
}

async function look(context: Pick<TargetContext, 'services' | 'client'>) {
  const { services, client } = context;
  const run = await services.verdicts.run(client.id, 'domainCapture', undefined);
  if (run === null) return null;
  const verdicts = await services.store.read([client.id], (tx) => currentVerdicts(tx, client.id));
  const titles = new Map(services.catalogue.controls.map(({ id, title }) => [id, title]));
  const byControl = CONTROLS.map((id): Prerequisite => {
    const verdict = verdicts.find((one) => one.verdict.control === id)?.verdict;
    return {
      control: id,
      title: titles.get(id) ?? id,
      state: verdict === undefined ? 'cannot_read' : stateOf(verdict.state),
      words: verdict?.reason ?? 'It has not been evaluated yet.',
    };
  });
  return { facts: run.result, prerequisites: [...byControl, provisioned(run.result.provisioning)] };
}

function stateOf(state: string): Prerequisite['state'] {
  return state === 'pass' ? 'met' : state === 'fail' || state === 'pending' ? 'not_met' : 'cannot_read';
}

function provisioned(how: string | null): Prerequisite {
  return {
    control: null,
    title: 'People get their seats by just-in-time or directory provisioning',
    state: how === null ? 'cannot_read' : /^(jit|scim)/u.test(how) ? 'met' : 'not_met',
    words:
      how === null
        ? 'Neither a reading of the settings nor the charter says how people get a seat.'
        : `They get a seat by: ${how}.`,
  };
}

/** Day of the preview from which a claim was planned. */
function plannedOn(measured: unknown): string {
  return z.object({ on: z.string() }).parse(measured).on;
}

type Preview = Extract<CaptureFacts['preview'], { readonly on: string }>;

function countsOf(accounts: Preview['accounts']) {
  const number = (is: boolean | null) => accounts.filter(({ claimable }) => claimable === is).length;
  return { claimable: number(true), elsewhere: number(false), unknown: number(null) };
}

/** Claims the accounts on one domain: people start it, after a second person approved exactly this preview. */
export const captureTarget: ChangeTarget = {
  id: CAPTURE,
  async plan(context, subject) {
    const found = await look(context);
    if (found === null) return { ok: false, why: 'The client is not there.' };
    const { facts, prerequisites } = found;
    const domain = subject.trim().toLowerCase();
    const no = (why: string) => ({ ok: false as const, why });
    if (!facts.domains.includes(domain)) return no(`${subject} is no domain of this client.`);
    if (facts.has !== 'yes') return no(facts.hasWhy);
    const open = prerequisites.filter(({ state }) => state !== 'met');
    if (open.length > 0)
      return no(`Not ready: ${open.map(({ title, words }) => `${title}. ${words}`).join(' ')}`);
    const { decision, preview } = facts;
    if (decision === null || !decision.capture)
      return no(
        'The charter does not decide to use domain capture. Record the decision of two people there, and have it approved.',
      );
    if ('why' in preview) return no(`No current preview. ${preview.why}`);
    const accounts = preview.accounts.filter(({ email }) => email.endsWith(`@${domain}`));
    const { unreadable } = preview;
    const counts = { ...countsOf(accounts), unreadable };
    if (counts.claimable + counts.unknown === 0)
      return no('There is nothing to claim: the preview lists no account that can be claimed.');
    return {
      ok: true,
      title: `Claim the personal accounts on ${domain}`,
      plan: {
        target: CAPTURE,
        subject: domain,
        intent: {},
        rests: preview.files.join(' '),
        steps: [
          {
            what: 'start_claim',
            name: domain,
            mark: `start_claim:${domain}`,
            body: { ...counts },
            before: null,
          },
        ],
        measured: { on: preview.on, ...counts },
        // A claim cannot be reverted.
        back: null,
      },
    };
  },
  async verify(context, plan, since) {
    const found = await look(context);
    const preview = found?.facts.preview;
    if (preview === undefined || 'why' in preview) return { is: 'not_yet' };
    if (!(await observedSince(context, 'domain_memberships', preview.files, since))) return { is: 'not_yet' };
    // A partial report, or one that may not cover the domain, does not show that an account is gone.
    if (preview.closesNothing !== null) return { is: 'not_yet' };
    const left = preview.accounts.filter(
      ({ email, claimable }) => email.endsWith(`@${plan.subject}`) && claimable !== false,
    );
    if (left.length > 0)
      return {
        is: 'differs',
        what: [`the report of ${dayWords(preview.on)} still lists ${left.length} outside the organization`],
      };
    // An account that was claimable when this was planned but is in another organization now was not claimed.
    const moved = preview.accounts.filter(
      ({ email, claimableOn }) =>
        email.endsWith(`@${plan.subject}`) && claimableOn !== null && claimableOn >= plannedOn(plan.measured),
    );
    if (moved.length > 0)
      return {
        is: 'differs',
        what: [
          `the report of ${dayWords(preview.on)} lists ${moved.length} in another organization that could be claimed before`,
        ],
      };
    if (preview.unreadable > 0)
      return {
        is: 'differs',
        what: [
          `the report of ${dayWords(preview.on)} lists ${preview.unreadable} without a readable address, which may be on ${plan.subject}`,
        ],
      };
    return { is: 'holds', sha256: preview.files[0] ?? null, proof: { on: preview.on, files: preview.files } };
  },
};
// Guide: G1.1-07 G4.1-02

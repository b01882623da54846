import { z } from 'zod';
import type { Plain, PlannedStep } from '#domain/changes/plan.ts';
import { POLICY_STATES } from '#domain/conditional-access/body.ts';
import { movedParts } from '#domain/conditional-access/difference.ts';
import {
  GATE_DECISIONS,
  GATE_PERCENT,
  type Gate,
  type GateAsked,
  type GateDecision,
  gateOf,
} from '#domain/conditional-access/gate.ts';
import type { AccessStep } from '#domain/conditional-access/steps.ts';
import { type Chosen, RESOURCES } from '#domain/conditional-access/values.ts';
import { ACCESS_PART_WORDS } from '#domain/labels.ts';
import { ACCESS_TEMPLATES } from '#domain/model/conditional-access.ts';
import { day } from '#domain/model/day-schema.ts';
import type { CaPolicyRow } from '#domain/model/kinds.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { body } from '#sources/microsoft/graph/body.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import { refusalSentence } from '../input-words.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { ChangeTarget, Planning, TargetContext } from '../shared/services/change-targets.ts';
import type { ChangeFacts } from './change-task.ts';
import { TARGET } from './proof.ts';
import { recordedTemplates } from './recorded.ts';
import { graphWrites } from './writes.ts';

const KNOWN = {
  state: z.enum(POLICY_STATES).default('enabledForReportingButNotEnforced'),
  /** Display name, if the client or its provider uses names of its own. */
  name: z.string().trim().min(1).max(256).optional(),
  /** Reason for enabling it before report-only has ended. */
  early: z.string().trim().min(3).max(400).optional(),
  /** Percentage of people whom it may block, if different from the client's. */
  limit: z.number().min(0).max(100).optional(),
  /** Reason for enabling it although sign-ins were not read. */
  unmeasured: z.string().trim().min(3).max(400).optional(),
  /** Name or id of the group it is for; empty means everyone. Left out: the last choice, as for the next two. */
  group: z.string().trim().max(340).optional(),
  /** claude: Claude's applications by id. all: every resource of the tenant. */
  resources: z.string().trim().max(400).optional(),
  /** appIds that are deliberately excluded, separated by spaces. */
  without: z.string().trim().max(400).optional(),
  /** Day on which staff were informed. */
  announced: day.optional(),
  /** What staff were told and how, so that it can be found later. */
  announcement: z.string().trim().min(3).max(400).optional(),
  /** Last day of the grace period, for the people for whom one was decided. */
  grace: day.optional(),
  /** How people can enroll a device until then. */
  enroll: z.string().trim().min(3).max(400).optional(),
};

/** Further members decide about each person whom it would block: `person:` and the address, or `person:*`. */
const intentSchema = z
  .looseObject(KNOWN)
  .refine(
    (intent) =>
      Object.entries(intent).every(
        ([name, value]) =>
          name in KNOWN || (name.startsWith('person:') && GATE_DECISIONS.some((one) => one === value)),
      ),
    { error: 'There is a member that no policy has.' },
  );
type Intent = z.infer<typeof intentSchema>;

/** Maximum people named in a refusal. */
const NAMED = 5;
const REPORT_ONLY = 'enabledForReportingButNotEnforced';

/**
 * Conditional Access policies of the guide. They are changed through Microsoft Graph if an application has consent,
 * otherwise by people who follow the plan's steps, and the next reading confirms the result.
 */
export const conditionalAccessTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject, given) {
    const template = ACCESS_TEMPLATES.find((id) => id === subject);
    if (template === undefined)
      return { ok: false, why: `The guide has no Conditional Access policy “${subject}”.` };
    const intent = intentSchema.safeParse(given);
    if (!intent.success) {
      const said = intent.error.issues.map(refusalSentence).join(' ');
      return { ok: false, why: `This is no state that a policy can be brought to. ${said}` };
    }
    if (resourcesOf(intent.data) === undefined) return { ok: false, why: NO_ADDRESS };
    const facts = await factsOf(context, template, intent.data);
    if ('why' in facts) return { ok: false, why: facts.why };
    const why = whyNot(facts, intent.data) ?? (await notTested(context, facts, intent.data));
    if (why !== null) return { ok: false, why };
    return planned(subject, intent.data, facts);
  },
  moved: (was, now) =>
    was.steps.flatMap((step) => {
      const before = policyOf(step);
      const after = policyOf(now.steps.find(({ mark }) => mark === step.mark));
      return before === null || after === null
        ? []
        : movedParts(before, after).map((part) => ACCESS_PART_WORDS[part]);
    }),
  writes: graphWrites,
  async verify(context, plan, since, made) {
    const template = ACCESS_TEMPLATES.find((id) => id === plan.subject);
    const intent = intentSchema.safeParse(plan.intent);
    if (template === undefined || !intent.success) return { is: 'not_yet' };
    const facts = await factsOf(context, template, intent.data);
    if ('why' in facts || !(await observedSince(context, 'ca_policies', facts.files, since)))
      return { is: 'not_yet' };
    if (facts.existing === null) return { is: 'differs', what: ['no policy'] };
    if (facts.steps.length > 0)
      return { is: 'differs', what: facts.existing.differences.map(({ part }) => part) };
    const { id, name } = facts.existing;
    const own = Object.entries(made).find(([mark]) => mark.startsWith('create_policy:'))?.[1];
    const twins = facts.namesakes.filter((one) => one !== id);
    if (twins.length > 0 || (own !== undefined && own.toLowerCase() !== id?.toLowerCase()))
      return {
        is: 'differs',
        what: [`a second policy of that name: ${[...twins, own ?? ''].join(' ').trim()}`],
      };
    return {
      is: 'holds',
      sha256: facts.files[0] ?? null,
      proof: {
        id: id ?? '',
        name,
        state: intent.data.state,
        groups: facts.chosen.groups,
        resources: facts.chosen.resources,
        without: facts.chosen.without,
        grace: facts.grace.map(({ id: account, until }) => ({ id: account, until })),
        files: facts.files,
      },
    };
  },
};

function policyOf(step: PlannedStep | undefined): CaPolicyRow | null {
  const before = step?.before as { readonly policy?: unknown } | null | undefined;
  return (before?.policy as CaPolicyRow | undefined) ?? null;
}

async function factsOf(
  { services, client }: TargetContext,
  template: (typeof ACCESS_TEMPLATES)[number],
  intent: Intent,
): Promise<ChangeFacts | { readonly why: string }> {
  const recorded = await services.store.read([client.id], (tx) => recordedTemplates(tx, client.id));
  const run = await services.verdicts.run(client.id, 'conditionalAccessChange', {
    template,
    state: intent.state,
    asked: {
      name: intent.name ?? null,
      group: intent.group ?? null,
      resources: resourcesOf(intent) ?? null,
      without: intent.without?.split(/\s+/u).filter(Boolean) ?? null,
      grace:
        intent.grace === undefined ? null : { until: intent.grace, people: peopleWith(intent, 'left_out') },
    },
    recorded,
  });
  const found = run?.result ?? null;
  if (found === null) return { why: 'There is no such policy.' };
  return 'howToGet' in found ? { why: `${found.why} ${found.howToGet}`.trim() } : found;
}

/** The resources a policy is for; null means the last choice, undefined that the value is invalid. */
function resourcesOf({ resources }: Intent): Chosen['resources'] | null | undefined {
  return resources === undefined ? null : RESOURCES.find((one) => one === resources);
}

const NO_ADDRESS =
  'A policy is for applications by id, or for all resources: Conditional Access has no condition on an address such as claude.ai. Choose “claude” or “all”.';

/** Addresses of the people with this decision. */
function peopleWith(intent: Intent, wanted: GateDecision): string[] {
  return Object.entries(intent).flatMap(([name, value]) =>
    name.startsWith('person:') && name !== 'person:*' && value === wanted
      ? [name.slice('person:'.length).trim().toLowerCase()]
      : [],
  );
}

/**
 * Why a policy cannot be brought to a state now; null if it can. Setting one back to report-only or off is always
 * allowed.
 */
function whyNot(facts: ChangeFacts, intent: Intent): string | null {
  const { open, unlicensed, existing, impact, today } = facts;
  const [missing] = unlicensed;
  if (missing !== undefined && (existing === null || intent.state === 'enabled')) return missing.reason;
  const blocking = open.find((one) => one.blocking);
  if (blocking !== undefined) return openWords(blocking);
  const begins = existing === null && intent.state !== REPORT_ONLY;
  if (!begins && intent.state !== 'enabled') return null;
  if (existing === null || existing.state === 'disabled' || existing.state === null)
    return 'A policy starts in report-only to show whom it would affect before it blocks anyone.';
  if (existing.state === REPORT_ONLY && intent.early === undefined) {
    if (existing.due === null)
      return 'When report-only began is not known, so give a reason for enabling it now (early).';
    if (existing.due > today)
      return `It reports until ${dayWords(existing.due)}. To enable it before, give the reason (early).`;
  }
  return (
    (existing.state === 'enabled' ? null : notAnnounced(facts, intent)) ??
    gateWords(gateOf(impact, askedOf(intent, facts.limit)))
  );
}

/**
 * Why the policy that this one hands over to was not tested yet; null if it was, or no test is needed. A chosen group
 * may have the policy before, because it cannot be tested in report-only.
 */
async function notTested(
  { services, client }: TargetContext,
  { tested, chosen, existing }: ChangeFacts,
  intent: Intent,
): Promise<string | null> {
  const allPeople = chosen.groups.length === 0;
  if (tested === null || intent.state !== 'enabled' || !allPeople) return null;
  if (existing?.state === 'enabled' && intent.group === undefined) return null;
  await services.verdicts.ensureCurrent([client.id]);
  const verdicts = await services.store.read([client.id], (tx) => currentVerdicts(tx, client.id));
  const state = verdicts.find(({ verdict }) => verdict.control === tested)?.verdict.state;
  return state === 'pass'
    ? null
    : `It is enabled for everyone once an upload of fake data was blocked: ${tested} does not pass yet. Enable it for a group first, test the upload there, and record the result.`;
}

/** Why staff do not count as informed about a policy that blocks people; null if they do, or need not be. */
function notAnnounced({ announced, today }: ChangeFacts, intent: Intent): string | null {
  if (!announced) return null;
  if (intent.announced === undefined || intent.announcement === undefined)
    return 'It blocks people, so notify staff before it is enabled, and enter the date (announced) and what they were told (announcement).';
  if (intent.announced > today) return 'Staff are notified only on a later day. Enable it after that.';
  if (intent.grace !== undefined && intent.grace < today)
    return 'The last day of the grace period has already passed. Enter today or a later day.';
  return intent.grace === undefined || intent.enroll !== undefined
    ? null
    : 'Enter how people get a device enrolled until the grace ends (enroll).';
}

function askedOf(intent: Intent, limit: number | null): GateAsked {
  return {
    limit: intent.limit ?? limit ?? GATE_PERCENT,
    unmeasured: intent.unmeasured ?? null,
    decisions: Object.fromEntries(
      Object.entries(intent).flatMap(([name, value]) => {
        const decision = GATE_DECISIONS.find((one) => one === value);
        return name.startsWith('person:') && decision !== undefined
          ? [[name.slice('person:'.length).trim().toLowerCase(), decision]]
          : [];
      }),
    ),
  };
}

function gateWords(gate: Gate): string | null {
  switch (gate.is) {
    case 'open':
      return null;
    case 'undecided': {
      const more = gate.people.length - NAMED;
      const shown = gate.people.slice(0, NAMED).map((who) => who || 'someone without a name');
      return `It would keep out ${count(gate.people.length, 'person', 'people')} of whom nothing is decided: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Decide for each of them, or for all.`;
    }
    case 'share':
      return `It would keep out ${gate.percent}% of the people who use Claude (${gate.people}), and the limit is ${gate.limit}%. Get them ready first, or plan it with another limit, which the approver sees.`;
    case 'not_measured':
      return `It is not known who would be blocked: ${gate.why} Have sign-ins read, or say why it is being enabled anyway (unmeasured).`;
  }
}

function openWords(one: ChangeFacts['open'][number]): string {
  switch (one.code) {
    case 'no_sign_in_app':
    case 'sign_in_app_unknown':
      return one.why;
    case 'no_emergency_access':
      return 'The charter names no emergency access accounts, and every policy has to leave them out.';
    case 'unresolved':
      return `No file says which group or account this means: ${one.names.join(', ')}.`;
    case 'locations_not_read':
      return 'The named locations have not been read, so the connector’s location may be there already.';
  }
}

const TITLES = {
  enabled: 'Enable',
  disabled: 'Turn off',
  [REPORT_ONLY]: 'Bring to report-only',
} as const;

function planned(subject: string, intent: Intent, facts: ChangeFacts): Planning {
  const { existing, impact, steps } = facts;
  const back =
    existing === null
      ? { state: 'disabled' }
      : existing.state !== null && existing.state !== intent.state
        ? // Reverting an enabled policy never has to wait for the end of report-only.
          { state: existing.state, ...(existing.state === 'enabled' ? { early: 'Taken back' } : {}) }
        : null;
  return {
    ok: true,
    title: `${existing === null ? 'Make in report-only' : TITLES[intent.state]}: ${facts.name}`,
    plan: {
      target: TARGET,
      subject,
      intent: intent as unknown as Plain,
      rests: facts.files.join(' '),
      steps: steps.map(
        (step): PlannedStep => ({
          what: step.do,
          name: step.do === 'change_policy' ? step.name : step.body.displayName,
          mark: markOf(step),
          body: JSON.parse(JSON.stringify(sentBy(step))) as Plain,
          before:
            step.do === 'change_policy' && existing !== null
              ? {
                  id: step.id,
                  policy: stored(existing.policy),
                  differences: existing.differences.map(({ part, missing, added }) => ({
                    part,
                    missing,
                    added,
                  })),
                }
              : null,
        }),
      ),
      measured:
        impact.is === 'measured'
          ? {
              from: impact.from,
              signIns: impact.signIns,
              people: impact.people.length,
              unclear: impact.unclear,
              what: impact.what,
              of: impact.of,
            }
          : null,
      back,
      ...(intent.state === 'enabled' && existing?.state === REPORT_ONLY ? { backAtOnce: true } : {}),
    },
  };
}

/** The request body that Graph receives for a step, checked against Microsoft's types. */
function sentBy(step: AccessStep) {
  return step.do === 'create_location'
    ? body('ipNamedLocation', step.body)
    : body('conditionalAccessPolicy', step.body);
}

/** A policy as read, without its position in the file. */
function stored({ file: _, row: __, ...policy }: CaPolicyRow): Plain {
  return JSON.parse(JSON.stringify(policy)) as Plain;
}

/** Identifies a step's object: a created policy or location by its name, a changed one by its id. */
function markOf(step: AccessStep): string {
  return step.do === 'change_policy' ? `${step.do}:${step.id}` : `${step.do}:${step.body.displayName}`;
}

// Guide: G1.2-02 G6.2-01 G6.2-07 G6.3-02 G6.3-07 G6.4-04

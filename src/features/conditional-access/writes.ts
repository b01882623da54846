import type { Plain, PlannedStep } from '#domain/changes/plan.ts';
import { movedParts } from '#domain/conditional-access/difference.ts';
import { NEW_LOCATION } from '#domain/conditional-access/steps.ts';
import { ACCESS_PART_WORDS } from '#domain/labels.ts';
import type { CaPolicyRow } from '#domain/model/kinds.ts';
import { readCaPolicy } from '#sources/microsoft/ca-policy.ts';
import { body as graphBody } from '#sources/microsoft/graph/body.ts';
import { collectEntries, type GraphClient } from '#sources/microsoft/graph/client.ts';
import { SourceProblem } from '#sources/problem.ts';
import { askGraph } from '../microsoft-connector/index.ts';
import type { Applied, ChangeTarget, Looked, Made } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';

/** The application with consent for changing Conditional Access. */
export const WRITER = { vendor: 'microsoft', kind: 'writing' };
const POLICIES = '/identity/conditionalAccess/policies';
const LOCATIONS = '/identity/conditionalAccess/namedLocations';

/** Seconds to wait before looking for a created object whose id Microsoft did not return. */
const WAIT_SECONDS = 60;
/** Upper limit of the clock difference between the two machines, in milliseconds. */
const SKEW_MS = 10 * 60_000;

type Json = Record<string, unknown>;
type Writes = NonNullable<ChangeTarget['writes']>;

/** Changes Conditional Access through Microsoft Graph, with the application that has consent for it. */
export const graphWrites: Writes = {
  may: async ({ services, client }) => (await writerState(services, client.id, WRITER)).is === 'ready',

  look: (of, step, made, sentAt) =>
    askGraph<Looked>(of, WRITER, async (graph) => {
      if (step.what === 'create_location') return lookForLocation(graph, step);
      if (step.what === 'create_policy') return lookForPolicy(graph, step, made, sentAt);
      if (step.what !== 'change_policy') return lookForPerson(graph, step);
      return lookAtPolicy(graph, step, made, sentAt);
    }),

  apply: (of, step, made) =>
    askGraph<Applied>(of, WRITER, async (graph) => {
      if (step.what === 'leave_out' || step.what === 'take_in') return changePerson(graph, step);
      const body = bodyOf(step, made);
      if (step.what === 'change_policy') {
        await graph.patch(`${POLICIES}/${encodeURIComponent(idOf(step))}`, body);
        return { is: 'done', id: idOf(step) };
      }
      const answer = await graph.post(step.what === 'create_location' ? LOCATIONS : POLICIES, body);
      return typeof answer?.id === 'string'
        ? { is: 'done', id: answer.id }
        : {
            is: 'busy',
            seconds: WAIT_SECONDS,
            taken: 'unknown',
            why: 'Microsoft gave no ID for what it created.',
          };
    }),

  observe: ({ services, client }) => readSoon(services, client.id, WRITER.vendor, ['policies', 'locations']),
};

/** Any untrusted location with the same name and ranges is accepted, because a second one would be identical. */
async function lookForLocation(graph: GraphClient, step: PlannedStep): Promise<Looked> {
  const wanted = step.body as Json;
  const alike = (await named(graph, LOCATIONS, wanted.displayName)).find(
    (one) => one.isTrusted !== true && rangesOf(one) === rangesOf(wanted),
  );
  return alike === undefined ? { is: 'open', harmless: false } : { is: 'done', id: String(alike.id) };
}

/**
 * A policy is recognized as created by this step by its name, content and age. Any other with that name was created
 * elsewhere since the plan, and then none is created.
 */
async function lookForPolicy(
  graph: GraphClient,
  step: PlannedStep,
  made: Made,
  sentAt: Date | null,
): Promise<Looked> {
  const body = bodyOf(step, made);
  const found = await named(graph, POLICIES, body.displayName);
  const [one, ...more] = found;
  if (one === undefined) return { is: 'open', harmless: false };
  const ids = found.map(({ id }) => String(id)).join(', ');
  if (more.length > 0)
    return {
      is: 'refused',
      why: `Entra has ${found.length} policies called “${step.name}” (${ids}). Delete all but one of them, and plan the change again.`,
    };
  const since = Date.parse(String(one.createdDateTime));
  const ours = sentAt !== null && since >= sentAt.getTime() - SKEW_MS && isAsMeant(one, body);
  return ours
    ? { is: 'done', id: String(one.id) }
    : {
        is: 'refused',
        why: `Someone made a policy called “${step.name}” (${ids}) in Entra since the plan. Have the policies read again, and plan the change of that one.`,
      };
}

/** A policy is changed only if it is exactly as the plan shows it before the change. */
async function lookAtPolicy(
  graph: GraphClient,
  step: PlannedStep,
  made: Made,
  sentAt: Date | null,
): Promise<Looked> {
  const live = await graph.get(`${POLICIES}/${encodeURIComponent(idOf(step))}`);
  if (sentAt !== null && isAsMeant(live, bodyOf(step, made))) return { is: 'done', id: idOf(step) };
  const before = (step.before as { policy?: Plain } | null)?.policy as unknown as CaPolicyRow | undefined;
  if (before === undefined)
    return {
      is: 'refused',
      why: 'The plan does not say what the policy was like before. Plan the change again.',
    };
  const now = rowOf(live);
  const parts = movedParts(before, now).map((part) => ACCESS_PART_WORDS[part]);
  if (parts.length === 0 && before.modifiedAt === now.modifiedAt) return { is: 'open', harmless: true };
  return {
    is: 'refused',
    why: `“${step.name}” was changed in Entra since the plan (${parts.length === 0 ? 'in a part that is not compared' : parts.join(', ')}). Nothing was changed here. Have the policies read again, and plan the change again.`,
  };
}

/** Whether a person is excluded from a policy, or included again, as the step says. All else in the policy stays. */
async function lookForPerson(graph: GraphClient, step: PlannedStep): Promise<Looked> {
  const { policy, user } = personOf(step);
  let out: boolean;
  try {
    out = leftOutOf(await graph.get(`${POLICIES}/${encodeURIComponent(policy)}`)).some(sameAs(user));
  } catch (error) {
    // A deleted policy no longer excludes anyone.
    if (step.what !== 'take_in' || !(error instanceof SourceProblem) || error.code !== 'not_found')
      throw error;
    out = false;
  }
  return out === (step.what === 'leave_out') ? { is: 'done', id: policy } : { is: 'open', harmless: true };
}

async function changePerson(graph: GraphClient, step: PlannedStep): Promise<Applied> {
  const { policy, user } = personOf(step);
  const path = `${POLICIES}/${encodeURIComponent(policy)}`;
  const live = await graph.get(path);
  const conditions = unannotated(live.conditions);
  const rest = leftOutOf(live).filter((one) => !sameAs(user)(one));
  const excludeUsers = step.what === 'leave_out' ? [...rest, user] : rest;
  const { users } = graphBody('conditionalAccessPolicy', {
    conditions: { users: { excludeUsers } },
  }).conditions;
  // The other conditions are sent back unchanged, including members that Microsoft's types do not have yet.
  await graph.patch(path, {
    conditions: { ...conditions, users: { ...unannotated(conditions.users), ...users } },
  });
  return { is: 'done', id: policy };
}

const sameAs = (user: string) => (one: string) => one.toLowerCase() === user.toLowerCase();

function personOf({ body }: PlannedStep): { readonly policy: string; readonly user: string } {
  return body as { policy: string; user: string };
}

function leftOutOf(policy: Json): readonly string[] {
  return readCaPolicy(policy, '', 0).excludeUsers;
}

/** Members without OData annotations, which Graph does not accept back. */
function unannotated(value: unknown): Json {
  return Object.fromEntries(Object.entries((value ?? {}) as Json).filter(([name]) => !name.includes('@')));
}

async function named(graph: GraphClient, path: string, name: unknown): Promise<Json[]> {
  const wanted = String(name).trim().toLowerCase();
  return (await collectEntries(graph.list(path))).filter(
    ({ displayName }) => String(displayName).trim().toLowerCase() === wanted,
  );
}

/** Whether a policy already has the values of these members. */
function isAsMeant(live: Json, body: Json): boolean {
  return movedParts(rowOf(live), rowOf({ ...live, ...body })).length === 0;
}

function rowOf(live: Json): CaPolicyRow {
  return readCaPolicy(live, '', 0);
}

function bodyOf({ body }: PlannedStep, made: Made): Json {
  const [location] = Object.entries(made).flatMap(([mark, id]) =>
    mark.startsWith('create_location:') ? [id] : [],
  );
  const text = JSON.stringify(body);
  return JSON.parse(location === undefined ? text : text.replaceAll(NEW_LOCATION, location)) as Json;
}

function idOf({ before }: PlannedStep): string {
  return String((before as { id?: Plain } | null)?.id ?? '');
}

function rangesOf({ ipRanges }: Json): string {
  return Array.isArray(ipRanges)
    ? ipRanges
        .map((range: Json) => String(range.cidrAddress))
        .sort()
        .join(' ')
    : '';
}
// Guide: G6.2-01 G6.3-02 G6.4-04

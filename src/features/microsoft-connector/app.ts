import { z } from 'zod';
import type { Plain, PlannedStep } from '#domain/changes/plan.ts';
import { body } from '#sources/microsoft/graph/body.ts';
import { collectEntries } from '#sources/microsoft/graph/client.ts';
import { select } from '#sources/microsoft/graph/select.ts';
import { observedSince } from '../shared/observed-since.ts';
import type { Applied, ChangeTarget, Looked, TargetContext } from '../shared/services/change-targets.ts';
import { readSoon, writerState } from '../sources/index.ts';
import type { AppFacts } from './app-task.ts';
import { askGraph } from './ask-graph.ts';

const TARGET = 'claude_app';
/** The application with consent for changing Claude's applications. */
export const APPS_WRITER = { vendor: 'microsoft', kind: 'applications' };

const intentSchema = z.strictObject({
  /**
   * add: adds it to the tenant by its id. require_assignment: restricts it to assigned people. allow_everyone: reverts
   * that. remove_scopes: removes scopes that the charter does not need.
   */
  do: z.enum(['add', 'require_assignment', 'allow_everyone', 'remove_scopes']),
});
type Act = z.infer<typeof intentSchema>['do'];

const TITLES: Readonly<Record<Act, string>> = {
  add: 'Add to Entra',
  require_assignment: 'Require assignment',
  allow_everyone: 'Require no assignment',
  remove_scopes: 'Remove scopes that are not needed',
};

/**
 * Changes Claude's applications in Entra: adds them by id, restricts them to assigned people, and removes scopes that
 * the charter does not need. The plan shows who would lose access, and what each scope allows Claude.
 */
export const claudeAppTarget: ChangeTarget = {
  id: TARGET,
  async plan(context, subject, given) {
    const intent = intentSchema.safeParse(given);
    if (!intent.success) return { ok: false, why: 'This cannot be done to an application.' };
    const facts = await factsOf(context, subject);
    if ('why' in facts) return { ok: false, why: facts.why };
    const act = intent.data.do;
    const steps = stepsOf(act, subject, facts);
    if (typeof steps === 'string') return { ok: false, why: steps };
    const { access } = facts;
    return {
      ok: true,
      title: `${TITLES[act]}: ${facts.name}`,
      plan: {
        target: TARGET,
        subject,
        intent: { do: act },
        rests: filesOf(act, facts).join(' '),
        steps,
        measured:
          act === 'require_assignment' && access !== null
            ? { keeps: access.keeps, loses: [...access.loses], unknown: [...access.unknown] }
            : null,
        back: act === 'require_assignment' ? { do: 'allow_everyone' } : null,
      },
    };
  },
  async verify(context, plan, since) {
    const act = intentSchema.parse(plan.intent).do;
    const facts = await factsOf(context, plan.subject);
    const kind = act === 'remove_scopes' ? 'permission_grants' : 'service_principals';
    if ('why' in facts || !(await observedSince(context, kind, filesOf(act, facts), since)))
      return { is: 'not_yet' };
    const wrong = lacksOf(act, facts);
    if (wrong.length > 0) return { is: 'differs', what: wrong };
    const files = [...filesOf(act, facts)];
    return { is: 'holds', sha256: files[0] ?? null, proof: { app: plan.subject, did: act, files } };
  },
  writes: {
    may: async ({ services, client }) => (await writerState(services, client.id, APPS_WRITER)).is === 'ready',
    look: lookAtApps,
    apply: applyToApps,
    observe: ({ services, client }) =>
      readSoon(services, client.id, APPS_WRITER.vendor, ['applications', 'assignments', 'grants']),
  },
};

/** The current state of a step's application or grant, before it is sent. */
export function lookAtApps(of: TargetContext, step: PlannedStep): Promise<Looked> {
  return askGraph<Looked>(of, APPS_WRITER, (graph) => look(graph, step));
}

export function applyToApps(of: TargetContext, step: PlannedStep): Promise<Applied> {
  return askGraph<Applied>(of, APPS_WRITER, async (graph) => {
    const { id = '', ...sent } = step.body as Record<string, string>;
    if (step.what === 'add_app') {
      const created = await graph.post('/servicePrincipals', sent);
      return { is: 'done', id: typeof created?.id === 'string' ? created.id : null };
    }
    const path = pathOf(step.what, id);
    if (step.what === 'remove_grant') await graph.delete(path);
    else await graph.patch(path, sent);
    return { is: 'done', id };
  });
}

/** The steps, or why there are none. */
function stepsOf(act: Act, appId: string, facts: AppFacts): readonly PlannedStep[] | string {
  const { name, id, assignmentRequired, access, removals, connector } = facts;
  const step = (what: string, mark: string, sent: Plain, before: Plain): PlannedStep => ({
    what,
    name,
    mark: `${what}:${mark}`,
    body: sent,
    before,
  });
  if (act === 'add') {
    if (!connector) return 'Only the two applications of the connector are added by their ids.';
    return id === null ? [step('add_app', appId, body('servicePrincipal', { appId }), null)] : [];
  }
  if (id === null) return `${name} is not in Entra. Add it first.`;
  if (act === 'remove_scopes') {
    if (typeof removals === 'string') return removals;
    if (removals.some(({ grant }) => grant === null))
      return 'The file does not give the ids of the grants, so they cannot be changed one by one.';
    return removals.map(({ grant, person, removes, keeps }) =>
      step(
        keeps.length === 0 ? 'remove_grant' : 'narrow_grant',
        grant ?? '',
        {
          id: grant ?? '',
          ...(keeps.length === 0 ? {} : body('oAuth2PermissionGrant', { scope: keeps.join(' ') })),
        },
        { removes: [...removes], keeps: [...keeps], person },
      ),
    );
  }
  const wanted = act === 'require_assignment';
  if (wanted && access === null)
    return 'Who is assigned, or who uses Claude, has not been read, so no one can say who would lose access.';
  return assignmentRequired === wanted
    ? []
    : [
        step(
          act,
          id,
          { id, ...body('servicePrincipal', { appRoleAssignmentRequired: wanted }) },
          { assignmentRequired },
        ),
      ];
}

/** What is still missing in a later reading. */
function lacksOf(act: Act, { id, assignmentRequired, removals }: AppFacts): readonly string[] {
  if (act === 'add') return id === null ? ['the application'] : [];
  if (act === 'remove_scopes')
    return typeof removals === 'string' ? [removals] : removals.flatMap(({ removes }) => removes);
  return assignmentRequired === (act === 'require_assignment') ? [] : ['the assignment'];
}

function filesOf(act: Act, { files }: AppFacts): readonly string[] {
  return act === 'remove_scopes' ? files.grants : files.apps;
}

function pathOf(what: string, id: string): string {
  const list =
    what === 'narrow_grant' || what === 'remove_grant' ? 'oauth2PermissionGrants' : 'servicePrincipals';
  return `/${list}/${encodeURIComponent(id)}`;
}

type Graph = Parameters<Parameters<typeof askGraph>[2]>[0];

async function look(graph: Graph, step: PlannedStep): Promise<Looked> {
  const { id = '', appId, scope, appRoleAssignmentRequired } = step.body as Record<string, unknown>;
  if (step.what === 'add_app') {
    const found = (
      await collectEntries(
        graph.list('/servicePrincipals', {
          $filter: `appId eq '${String(appId)}'`,
          ...select('servicePrincipal', 'id', 'appId'),
        }),
      )
    ).find((one) => String(one.appId).toLowerCase() === String(appId).toLowerCase());
    // Graph refuses a second service principal of an application.
    return found === undefined ? { is: 'open', harmless: true } : { is: 'done', id: String(found.id) };
  }
  const path = pathOf(step.what, String(id));
  if (step.what === 'require_assignment' || step.what === 'allow_everyone') {
    const live = await graph.get(path);
    return live.appRoleAssignmentRequired === appRoleAssignmentRequired
      ? { is: 'done', id: String(id) }
      : { is: 'open', harmless: true };
  }
  const live = (await collectEntries(graph.list('/oauth2PermissionGrants', { $top: '999' }))).find(
    (one) => one.id === id,
  );
  if (live !== undefined) {
    const held = wordsOf(live.scope);
    if (step.what === 'narrow_grant' && held.join(' ') === wordsOf(scope).join(' '))
      return { is: 'done', id: String(id) };
    const { removes, keeps } = step.before as { readonly removes: string[]; readonly keeps: string[] };
    const planned = new Set([...removes, ...keeps].map((one) => one.toLowerCase()));
    const more = held.filter((one) => !planned.has(one));
    return more.length === 0
      ? { is: 'open', harmless: true }
      : {
          is: 'refused',
          why: `Since the plan was made, the grant has gained more scopes (${more.join(', ')}). Have the grants read again, and plan the change again.`,
        };
  }
  return step.what === 'remove_grant'
    ? { is: 'done', id: String(id) }
    : { is: 'refused', why: 'The grant is gone. Have the grants read again.' };
}

function wordsOf(scope: unknown): readonly string[] {
  return String(scope ?? '')
    .toLowerCase()
    .split(/\s+/u)
    .filter(Boolean)
    .sort();
}

async function factsOf(
  { services, client }: TargetContext,
  appId: string,
): Promise<AppFacts | { readonly why: string }> {
  const run = await services.verdicts.run(client.id, 'claudeApp', { appId });
  return run?.result ?? { why: 'The enterprise applications have not been read.' };
}
// Guide: G3.2-02 G6.1-02 G6.1-06

import { randomUUID } from 'node:crypto';
import { PROJECT_OUTCOMES, type ProjectOutcome } from '#domain/journeys/people/projects.ts';
import { dueOf } from '#domain/journeys/people/status.ts';
import { address } from '#domain/people/names.ts';
import { anthropicAdmin, type ListedProject } from '#sources/anthropic/admin.ts';
import { SourceProblem } from '#sources/problem.ts';
import type { Tx } from '#store/open.ts';
import { accountsOf } from '#store/usage/accounts.ts';
import {
  changeProject,
  type LeaverProjectRow,
  leaverProjects,
  projectLists,
  putProject,
  recordProjectList,
} from '#store/work/leaver-projects.ts';
import { findJourney, type PersonJourneyRow } from '#store/work/person-journeys.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { readerOf } from '../sources/index.ts';
import { factsOf } from './member.ts';

/** The key with which user data are read. */
const READER = { vendor: 'anthropic', kind: 'access' };
const SCOPE = 'read:compliance_user_data';
/** Limit for all of Anthropic's answers together. */
const TIMEOUT_MS = 60_000;
const STEP = 'projects';

interface Which {
  readonly journey: string;
}

export async function listProjects(context: HandlerContext, { journey }: Which) {
  const { client, services, now } = context;
  const readable = (await readerOf(services, client.id, READER, SCOPE)) !== null;
  return context.read(async (tx) => {
    const row = await leavingIn(tx, context, journey);
    const list = (await projectLists(tx, client.id)).find((one) => one.person_journey_id === row.id);
    const projects = await mine(tx, row);
    const { today } = present(now, client.timezone);
    const due = dueIn(context, row);
    return {
      items: projects.map((one) => ({
        id: one.id,
        vendorId: one.vendor_id,
        name: one.name,
        private: one.private,
        outcome: outcomeOf(one),
        to: one.given_to,
        note: one.note,
        settled:
          one.settled_at === null
            ? null
            : { by: one.settled_by_name ?? '', at: one.settled_at.toISOString() },
        due,
        overdue: one.outcome === null && due < today,
        version: one.version,
      })),
      total: projects.length,
      listed:
        list === undefined
          ? null
          : {
              how: list.how === 'api' ? ('api' as const) : ('person' as const),
              by: list.listed_by_name,
              at: list.listed_at.toISOString(),
            },
      readable,
    };
  });
}

/** Has Claude list the projects that the person made. Names only; what became of one stays. */
export async function readProjects(context: HandlerContext, { journey }: Which) {
  const { client } = context;
  const { row, accounts } = await context.read(async (tx) => ({
    row: await openLeaving(tx, context, journey),
    accounts: await accountsOf(tx, client.id),
  }));
  const wanted = address(row.person_key);
  const ids = [...accounts].flatMap(([id, mail]) => (address(mail) === wanted ? [id] : []));
  if (ids.length === 0)
    throw unprocessable(
      `No list of users that was read names the account of ${row.name}. Have the members read under Connections > Sources, or write the projects down.`,
    );
  // Of an account that is gone Claude may list nothing, which would look as if there were no projects.
  const listed = await isListed(context, wanted);
  if (listed === false)
    throw unprocessable(
      `${row.name} is no longer a member according to the newest list, and Claude may not list projects for an account that is gone. Look for them in Claude, and record them.`,
    );
  const found = await asked(context, ids);
  if (found.length === 0 && listed === null)
    throw unprocessable(
      `Claude lists no projects, and no current list of members shows that the account of ${row.name} is still there. Have the members read under Connections > Sources, or write the projects down.`,
    );
  await context.change(async (tx, recorder) => {
    const current = await openLeaving(tx, context, journey);
    await putListed(tx, current, found);
    await storeProjectList(tx, context, current, 'api');
    await recorder.record({ subject: subjectOf(current), after: { projects: found.length, how: 'api' } });
  });
  return changed(context, row);
}

/** Whether the newest list of members has the account; null: no list says. An invitation is no account. */
async function isListed({ services, client }: HandlerContext, wanted: string): Promise<boolean | null> {
  const facts = await factsOf({ services, client }, wanted, []);
  if ('why' in facts) return null;
  return facts.accounts.some((one) => one.address === wanted && one.status !== 'invited');
}

/** Adds what Claude lists. One that a person had named takes its id, where no other project has the same name. */
async function putListed(tx: Tx, journey: PersonJourneyRow, found: readonly ListedProject[]): Promise<void> {
  const before = await mine(tx, journey);
  const known = new Set(before.flatMap(({ vendor_id }) => vendor_id ?? []));
  for (const one of found) {
    const named = before.filter(({ vendor_id, name }) => vendor_id === null && name === one.name);
    const [byHand] = named;
    const isSame =
      named.length === 1 && !known.has(one.id) && found.filter(({ name }) => name === one.name).length === 1;
    const taken =
      byHand === undefined || !isSame
        ? null
        : await changeProject(tx, journey.client_id, byHand.id, byHand.version, {
            vendor_id: one.id,
            private: one.private,
          });
    if (taken === null) await putProject(tx, rowOf(journey, one.name, one));
  }
}

/** Writes down projects that a person names; none: there are none. */
export async function nameProjects(
  context: HandlerContext,
  { journey, names }: Which & { readonly names: readonly string[] },
) {
  const row = await context.change(async (tx, recorder) => {
    const current = await openLeaving(tx, context, journey);
    const known = new Set((await mine(tx, current)).map(({ name }) => name.toLowerCase()));
    const added = [...new Map(names.map((one) => [one.toLowerCase(), one])).values()].filter(
      (one) => !known.has(one.toLowerCase()),
    );
    for (const one of added) await putProject(tx, rowOf(current, one, null));
    await storeProjectList(tx, context, current, 'person');
    await recorder.record({
      subject: subjectOf(current),
      after: { added: added.length, projects: known.size + added.length, how: 'person' },
    });
    return current;
  });
  return changed(context, row);
}

interface Settling extends Which {
  readonly project: string;
  readonly version: number;
  readonly outcome: ProjectOutcome | null;
  readonly to?: string | undefined;
  readonly note?: string | undefined;
}

/** Says what became of a project. A transfer names who has it; what is lost needs a reason. */
export async function settleProject(context: HandlerContext, input: Settling) {
  const { client, actor, now } = context;
  const { outcome } = input;
  const to = outcome === 'transferred' ? blank(input.to) : null;
  const note = blank(input.note);
  if (outcome === 'transferred' && to === null) throw badRequest('Say who has the project now.');
  if (outcome === 'lost' && note === null)
    throw badRequest('Say why it is accepted that the project is lost.');
  const row = await context.change(async (tx, recorder) => {
    const current = await openLeaving(tx, context, input.journey);
    const before = (await mine(tx, current)).find(({ id }) => id === input.project);
    if (before === undefined) throw notFound();
    const after = await changeProject(tx, client.id, before.id, input.version, {
      outcome,
      given_to: to,
      note: outcome === null ? null : note,
      settled_by: outcome === null ? null : actor.userId,
      settled_by_name: outcome === null ? null : actor.name,
      settled_at: outcome === null ? null : now,
    });
    if (after === null)
      throw conflict('Someone else has already said what happened to this project. Look at it again.', {
        by: before.settled_by_name,
        at: before.settled_at,
        version: before.version,
      });
    await recorder.record({
      subject: subjectOf(current),
      reason: note,
      before: { project: before.name, outcome: before.outcome, to: before.given_to },
      after: { project: before.name, outcome, to },
    });
    return current;
  });
  return changed(context, row);
}

async function asked(
  { services, client }: HandlerContext,
  ids: readonly string[],
): Promise<readonly ListedProject[]> {
  const opened = await readerOf(services, client.id, READER, SCOPE);
  if (opened === null)
    throw unprocessable(
      `No key is connected that has ${SCOPE}. Connect one under Connections > Sources, or write the projects down.`,
    );
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const reach = opened(signal);
  const admin = anthropicAdmin(reach.credential.key ?? '', reach.reach);
  try {
    const found: ListedProject[] = [];
    for (const id of ids) found.push(...(await admin.projects(id)));
    return found;
  } catch (error) {
    if (error instanceof SourceProblem) throw unprocessable(`${error.message} Nothing was stored.`);
    if (signal.aborted) throw unprocessable('Anthropic did not answer in time. Nothing was stored.');
    throw error;
  }
}

function rowOf({ client_id, id }: PersonJourneyRow, name: string, vendor: ListedProject | null) {
  return {
    client_id,
    id: randomUUID(),
    person_journey_id: id,
    vendor_id: vendor?.id ?? null,
    name,
    private: vendor?.private ?? null,
  };
}

async function storeProjectList(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  { id }: PersonJourneyRow,
  how: 'api' | 'person',
): Promise<void> {
  await recordProjectList(tx, {
    client_id: client.id,
    person_journey_id: id,
    how,
    listed_by: actor.userId,
    listed_by_name: actor.name,
    listed_at: now,
  });
}

function changed(context: HandlerContext, row: PersonJourneyRow) {
  context.services.events.publish({ client: context.client.id, topic: 'people', id: null });
  return listProjects(context, { journey: row.id });
}

async function mine(tx: Tx, { client_id, id }: PersonJourneyRow): Promise<LeaverProjectRow[]> {
  return (await leaverProjects(tx, client_id)).filter((one) => one.person_journey_id === id);
}

async function leavingIn(tx: Tx, { client }: HandlerContext, id: string): Promise<PersonJourneyRow> {
  const row = await findJourney(tx, client.id, id);
  if (row === null || row.kind !== 'leaving') throw notFound();
  return row;
}

async function openLeaving(tx: Tx, context: HandlerContext, id: string): Promise<PersonJourneyRow> {
  const row = await leavingIn(tx, context, id);
  if (row.ended_at !== null)
    throw conflict(`The offboarding of ${row.name} was ended. Reopen it first.`, {
      by: row.ended_by_name,
      at: row.ended_at,
      version: row.version,
    });
  return row;
}

/** Day by which every project is settled, as the catalogue has it. */
function dueIn({ services }: HandlerContext, { day }: PersonJourneyRow): string {
  const steps = services.catalogue.personJourneys.find(({ id }) => id === 'leaving')?.steps ?? [];
  const step = steps.find(({ id }) => id === STEP);
  if (step === undefined) throw new Error(`the catalogue has no step ${STEP}`);
  return dueOf(step, day);
}

function outcomeOf({ outcome }: LeaverProjectRow): ProjectOutcome | null {
  return PROJECT_OUTCOMES.find((one) => one === outcome) ?? null;
}

function subjectOf({ person_key, name }: PersonJourneyRow) {
  return { kind: 'person', id: person_key, name };
}

function blank(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
// Guide: G6.6-05

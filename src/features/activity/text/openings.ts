import { randomUUID } from 'node:crypto';
import { CONTENT_APPROVERS } from '#domain/charter/content-kept.ts';
import { fold } from '#domain/charter/names.ts';
import { contentFiles } from '#store/activity/content-files.ts';
import { activityNumbered } from '#store/activity/search.ts';
import { allOpenings, changeOpening, insertOpening, type OpeningRow } from '#store/activity/text-openings.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { isWithin } from '#store/clock.ts';
import { incidentsOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import { charterOf } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../../problems.ts';
import { ownSession } from '../../shared/own-session.ts';
import { type Accounts, accountsOf } from '../../shared/second-person.ts';
import { caseView, currentCase, recordInCase, type TextCase } from './cases.ts';

const HOUR = 3_600_000;
/** How long to wait for an answer, and how long the text can be opened after the request. */
const COUNTS_FOR = 72 * HOUR;

export type OpeningState = 'waiting' | 'agreed' | 'refused' | 'over';

export function stateOf(row: OpeningRow, now: Date): OpeningState {
  if (row.answers.some(({ agree }) => !agree)) return 'refused';
  if (!isWithin(row.asked_at, now, COUNTS_FOR)) return 'over';
  return row.answers.length >= CONTENT_APPROVERS ? 'agreed' : 'waiting';
}

/** The event or attached file that an opening is about. */
export type OpeningOf = { readonly seq: number } | { readonly content_file_id: string };

/** What to open. */
interface Asked {
  readonly of: OpeningOf;
  /** Id of the open incident that it is for. */
  readonly incident: string;
  readonly name: string;
  /** For the audit log. */
  readonly after: Readonly<Record<string, unknown>>;
  /** For the timeline of the incident. */
  readonly act: 'text_asked' | 'content_asked';
}

/** Asks two people named in the charter to agree to an opening. This opens nothing. */
export async function askToOpen(
  context: HandlerContext,
  reason: string,
  find: (tx: Tx) => Promise<Asked>,
): Promise<{ opening: string }> {
  const { client, actor, now } = context;
  ownSession(context);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const { of, incident, name, after, act } = await find(tx);
    await approversIn(tx, client.id);
    const { code } = await currentCase(tx, context, incident);
    await insertOpening(tx, {
      client_id: client.id,
      id,
      seq: null,
      content_file_id: null,
      ...of,
      incident_id: incident,
      reason,
      asked_by: actor.userId,
      asked_by_name: actor.name,
      asked_at: now,
      answers: '[]',
    });
    await recorder.record({
      subject: { kind: 'text_opening', id, name },
      reason,
      after: { ...after, incident: code },
    });
    await recordInCase(tx, context, { incident, act, note: `${name}: ${reason}` });
  });
  context.services.events.publish({ client: client.id, topic: 'activity', id });
  return { opening: id };
}

/** Asks two people named in the charter to agree to opening the text of one event. */
export function askForText(
  context: HandlerContext,
  { seq, reason, incident }: { readonly seq: number; readonly reason: string; readonly incident: string },
): Promise<{ opening: string }> {
  return askToOpen(context, reason, async (tx) => {
    const activity = await activityNumbered(tx, context.client.id, seq);
    if (activity === null) throw notFound();
    return {
      of: { seq },
      incident,
      name: activity.type,
      after: { event: activity.id, person: activity.person },
      act: 'text_asked',
    };
  });
}

/** Requests: one's own, those that one can answer, and all of them for people who may open text. */
export async function listOpenings(context: HandlerContext) {
  const { client, actor, now, can } = context;
  const named = await whoIs(context);
  const items = await context.read(async (tx) => {
    const approver = approverNamed((await charterApprovers(tx, client.id)) ?? [], named);
    const rows = await allOpenings(tx, client.id);
    const incidents = new Map((await incidentsOf(tx, client.id)).map((row) => [row.id, row]));
    const files = new Map((await contentFiles(tx, client.id)).map((row) => [row.id, row]));
    return Promise.all(
      rows
        .filter((row) => row.asked_by === actor.userId || approver !== null || can('content.open'))
        .map(async (row) => {
          const activity = row.seq === null ? null : await activityNumbered(tx, client.id, Number(row.seq));
          const state = stateOf(row, now);
          const incident = incidents.get(row.incident_id ?? '');
          return {
            id: row.id,
            seq: row.seq === null ? null : Number(row.seq),
            file: row.content_file_id === null ? null : (files.get(row.content_file_id)?.name ?? ''),
            event: activity?.type ?? null,
            at: activity?.at ?? null,
            reason: row.reason,
            incident: incident === undefined ? null : caseView(incident),
            asked: { by: row.asked_by_name, at: row.asked_at.toISOString() },
            answers: row.answers.map(({ byName, agree, at }) => ({ by: byName, agree, at })),
            needed: CONTENT_APPROVERS,
            state,
            own: row.asked_by === actor.userId,
            mayAnswer:
              state === 'waiting' &&
              approver !== null &&
              row.asked_by !== actor.userId &&
              row.answers.every(({ by }) => by !== actor.userId),
          };
        }),
    );
  });
  return { items, total: items.length };
}

/** The answer of a person named in the charter, given personally. */
export async function answerOpening(
  context: HandlerContext,
  input: { readonly opening: string; readonly agree: boolean },
): Promise<{ state: OpeningState }> {
  const { client, actor, now, services } = context;
  ownSession(context);
  const named = await whoIs(context);
  const accounts = await accountsOf(services);
  const state = await context.change(async (tx, recorder) => {
    const approvers = await approversIn(tx, client.id);
    const as = approverNamed(approvers, named);
    if (as === null)
      throw forbidden(
        'The charter does not name you among those who agree to opening text. It means the person who signs in with that email address or, if no one else here has it, under the name that the account was created with.',
      );
    const row = (await allOpenings(tx, client.id)).find(({ id }) => id === input.opening);
    if (row === undefined) throw notFound();
    if (stateOf(row, now) !== 'waiting') throw unprocessable('This was answered already, or it is too late.');
    const hands = [row.asked_by, ...row.answers.map(({ by }) => by)];
    const why = accounts.whyNotSecond(actor.userId, hands, 'You asked for this or answered already');
    if (why !== null) throw forbidden(why);
    if (row.answers.some((one) => fold(one.as) === fold(as)))
      throw forbidden(`Someone has already answered as ${as}. Two different people have to agree.`);
    const answers = [
      ...row.answers,
      { by: actor.userId, byName: actor.name, as, agree: input.agree, at: now.toISOString() },
    ];
    const changed = await changeOpening(tx, client.id, row.id, row.version, {
      answers: JSON.stringify(answers),
    });
    if (changed === null)
      throw conflict('Someone else answered in the meantime. Look again.', {
        by: null,
        at: now,
        version: row.version,
      });
    await recorder.record({
      subject: { kind: 'text_opening', id: row.id },
      reason: row.reason,
      before: { answers: row.answers.length, askedBy: row.asked_by_name },
      after: { agree: input.agree, as },
    });
    return stateOf({ ...row, answers }, now);
  });
  services.events.publish({ client: client.id, topic: 'activity', id: input.opening });
  return { state };
}

/**
 * Who agreed to this opening, which the requester is now using; throws without two people. The agreement of someone
 * who was blocked since, or no longer belongs to the client, is not valid.
 */
export async function agreementsTo(
  tx: Tx,
  context: HandlerContext,
  { opening, of }: { readonly opening: string; readonly of: OpeningOf },
  accounts: Accounts,
): Promise<{ readonly reason: string; readonly incident: TextCase; readonly agreed: readonly string[] }> {
  const { client, actor, now } = context;
  const row = (await allOpenings(tx, client.id)).find(
    (one) => one.id === opening && one.asked_by === actor.userId && isOf(one, of),
  );
  if (row === undefined) throw notFound();
  if (row.incident_id === null)
    throw unprocessable(
      'This was asked without an incident. Ask again, for the incident that it belongs to.',
    );
  const incident = await currentCase(tx, context, row.incident_id);
  const approvers = new Set((await approversIn(tx, client.id)).map(fold));
  const given = row.answers.filter(({ agree, as }) => agree && approvers.has(fold(as)));
  const counting = given.filter(({ by }) => accounts.stillApproves(by, client.id, 'client.read'));
  if (given.length >= CONTENT_APPROVERS && counting.length < CONTENT_APPROVERS)
    throw unprocessable(
      'Someone who agreed no longer has access, so their approval no longer counts. Request it again; two people named in the charter have to agree.',
    );
  if (stateOf(row, now) !== 'agreed' || counting.length < CONTENT_APPROVERS)
    throw unprocessable(
      'Two people named in the charter have to agree first, each on their own. They will find the request on the client’s page.',
    );
  return {
    reason: row.reason,
    incident,
    agreed: counting.map(({ as, byName }) => (fold(as) === fold(byName) ? as : `${as} (${byName})`)),
  };
}

function isOf(row: OpeningRow, of: OpeningOf): boolean {
  return 'seq' in of
    ? row.seq !== null && Number(row.seq) === of.seq
    : row.content_file_id === of.content_file_id;
}

async function charterApprovers(tx: Tx, clientId: string): Promise<readonly string[] | null> {
  const { contentAccess } = charterOf(await newestCharter(tx, clientId));
  return contentAccess?.allowed === true ? contentAccess.approvers : null;
}

/** The people named in the charter; throws if it does not allow reading conversations. */
export async function approversIn(tx: Tx, clientId: string): Promise<readonly string[]> {
  const approvers = await charterApprovers(tx, clientId);
  if (approvers === null)
    throw unprocessable('The charter in force does not allow other people’s conversations to be read.');
  return approvers;
}

interface Named {
  readonly email: string;
  /** null: it does not identify a person, because it is shared or was chosen by the person later. */
  readonly name: string | null;
}

/** How the caller can be named in a charter. A name that they chose themselves later does not count. */
async function whoIs({ services, actor }: HandlerContext): Promise<Named> {
  return services.store.read('system', async (tx) => {
    const names = await tx.selectFrom('users').select(['id', 'name']).execute();
    const twins = names.filter(({ id, name }) => id !== actor.userId && fold(name) === fold(actor.name));
    const changes = await tx
      .selectFrom('audit_log')
      .select('body')
      .where('action', '=', 'account.update')
      .where('actor_id', '=', actor.userId)
      .execute();
    const renamed = changes.some(({ body }) => {
      const { before, after } = JSON.parse(body) as { before?: { name?: string }; after?: { name?: string } };
      return before?.name !== after?.name;
    });
    return { email: actor.email, name: twins.length > 0 || renamed ? null : actor.name };
  });
}

function approverNamed(approvers: readonly string[], { email, name }: Named): string | null {
  return (
    approvers.find((one) => fold(one) === fold(email)) ??
    (name === null ? undefined : approvers.find((one) => fold(one) === fold(name))) ??
    null
  );
}

import { comparePermissions } from '#domain/connectors/order.ts';
import { permissionOf } from '#domain/connectors/row.ts';
import { type FollowedPermission, type Stricter, stricterStates } from '#domain/incidents/permissions.ts';
import type { Charter } from '#domain/model/charter.ts';
import { changeStep, touchIncident } from '#store/incidents/incidents.ts';
import { announce as announceDraft, common, draftValue, putDraft, withReason } from '../../charter/index.ts';
import type { HandlerContext } from '../../context.ts';
import { baseOf } from '../../drift/index.ts';
import { badRequest, conflict, forbidden, notFound, unprocessable } from '../../problems.ts';
import { act, subjectOf } from '../acts.ts';
import { announce, editConflict, openIncident, rowsOf, stepMeanwhile } from '../read.ts';
import { showIncident } from '../show.ts';
import { stepOf } from '../step.ts';
import { findPermissions, followsPermissions } from './find-permissions.ts';
import type { PermissionRow } from './task.ts';
import { stateWords } from './words.ts';

interface Proposed {
  readonly incident: string;
  readonly step: string;
  /** Version of the step. */
  readonly version: number;
  readonly cells: readonly { readonly row: string; readonly permission: Stricter }[];
  readonly reason: string;
}

/**
 * Proposes stricter permissions of connector actions from a step of an incident, in a new or existing draft of the
 * charter, which takes effect only once someone else approves it. The step follows each permission until it is in force
 * and a later reading shows it. A permission that the charter in force already has needs no draft, but is followed as
 * well.
 */
export async function proposePermissions(context: HandlerContext, input: Proposed) {
  const { client, services, actor, now, can } = context;
  await services.verdicts.ensureCurrent([client.id]);
  const seen = await context.read(async (tx) => {
    const incident = await openIncident(tx, context, input.incident);
    const rows = await rowsOf(tx, context, incident.id);
    return { incident, rows, ...stepOf(incident, rows, input), base: await baseOf(tx, client.id) };
  });
  if (seen.incident.drill) throw unprocessable('A drill changes nothing, so it proposes nothing.');
  if (!followsPermissions(seen.step)) throw notFound();
  const read = await findPermissions(context, seen.incident, seen.rows);
  if (!read.governed)
    throw unprocessable('No charter that names connectors is in force. Have one approved first.');
  const wanted = input.cells.map(({ row, permission }) => ({
    ...actionOf(read.rows, row, permission),
    to: permission,
  }));
  if (new Set(wanted.map(({ row }) => row)).size < wanted.length)
    throw badRequest('The same action is named twice.');
  // What the charter in force already has needs no draft.
  const open = wanted.filter(({ charter, to }) => comparePermissions(to, charter) < 0);
  if (open.length > 0 && !can('charter.edit'))
    throw forbidden('Your role does not include changing drafts of the charter. Ask someone who can.');
  const value = open.length === 0 ? null : await withStates(context, seen.base, open, input.reason);
  const put = await context.change(async (tx, recorder) => {
    const incident = await openIncident(tx, context, input.incident);
    const { row } = stepOf(incident, await rowsOf(tx, context, incident.id), input);
    const { base } = seen;
    const there = await baseOf(tx, client.id);
    if (there.version !== base.version || there.draft?.version !== base.draft?.version)
      throw conflict(
        'The charter, or the draft of it that is open, was changed in the meantime. Nothing was stored; try again.',
        {
          by: there.draft?.changed_by_name ?? null,
          at: there.draft?.changed_at ?? null,
          version: there.version,
        },
      );
    const { name } = subjectOf(incident);
    const draft =
      value === null
        ? base.draft
        : await putDraft(tx, recorder, {
            ...common(context),
            value,
            title: base.draft?.title ?? `Tighten after ${name}`,
            reason: withReason(base.draft, `${name}: ${input.reason}`),
            origin: 'console',
            replace: base.draft !== null,
          });
    const follows = wanted.map(
      (one): FollowedPermission => ({
        row: one.row,
        label: one.label,
        from: one.charter,
        to: one.to,
        reason: input.reason,
        draft: open.includes(one) ? (draft?.id ?? null) : null,
        earlier: earlierDrafts(row.permissions.find((there) => there.row === one.row)),
        by: actor.name,
        at: now.toISOString(),
      }),
    );
    const again = new Set(follows.map((one) => one.row));
    const permissions = [...row.permissions.filter((one) => !again.has(one.row)), ...follows];
    if (!(await changeStep(tx, row, { permissions: JSON.stringify(permissions) }))) throw stepMeanwhile(row);
    if (!(await touchIncident(tx, client.id, incident.id))) throw editConflict(incident);
    for (const one of follows)
      await act(tx, context, incident.id, {
        act: 'permission_proposed',
        step: input.step,
        note: `${one.label}: ${stateWords(one.from)} → ${stateWords(one.to)}. ${input.reason}`,
      });
    await recorder.record({
      subject: subjectOf(incident),
      reason: input.reason,
      before: { step: input.step, permissions: row.permissions },
      after: { step: input.step, permissions },
    });
    return draft?.id ?? null;
  });
  if (put !== null) announceDraft(context, put);
  announce(context, input.incident);
  return showIncident(context, input.incident);
}

function earlierDrafts(before: FollowedPermission | undefined): readonly string[] {
  if (before === undefined) return [];
  return before.draft === null ? before.earlier : [...before.earlier, before.draft];
}

/** An action that the incident is about, if the state is stricter than its current one. */
function actionOf(rows: readonly PermissionRow[], id: string, to: Stricter): PermissionRow {
  const row = rows.find((one) => one.row === id);
  if (row === undefined)
    throw badRequest(
      'An action has to be of the connector that the incident names, or called around its time. Name the connector first.',
    );
  if (!stricterStates(row.charter, row.observed?.state ?? null).includes(to))
    throw unprocessable(
      `${row.label}: the charter in force says ${stateWords(row.charter)}${row.observed === null ? '' : `, a reading shows ${stateWords(row.observed.state)}`}. ${stateWords(to)} tightens nothing.`,
    );
  return row;
}

/** The draft, or the charter in force, with these states; null: it is already at least as strict. */
async function withStates(
  { services, client }: HandlerContext,
  { draft, value }: Awaited<ReturnType<typeof baseOf>>,
  open: readonly { readonly row: string; readonly to: Stricter }[],
  reason: string,
): Promise<Charter | null> {
  const matrix =
    draft === null ? null : await services.verdicts.run(client.id, 'connectorMatrix', { charter: value });
  const inDraft = new Map(matrix?.result.rows.map((row) => [row.id, permissionOf(row)]));
  // Never loosen a draft: what is already as strict stays as it is.
  const cells = open.flatMap(({ row, to }) => {
    const there = inDraft.get(row);
    return there !== undefined && comparePermissions(there, to) <= 0 ? [] : [{ row, permission: to, reason }];
  });
  if (cells.length === 0) return null;
  const edits = { remove: [], add: [], classify: [], cells };
  const run = await services.verdicts.run(client.id, 'connectorEdits', { charter: value, edits });
  if (run === null) throw notFound();
  const [problem] = run.result.problems;
  if (problem !== undefined) throw unprocessable(problem.words);
  return draftValue(run.result.charter);
}
// Guide: G7.2-20

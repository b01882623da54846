import type { z } from 'zod';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { daysBetween } from '#domain/model/day.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { allExceptions, type ExceptionRow } from '#store/exceptions/exceptions.ts';
import { countingDocument } from '#store/imports/documents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import type { exceptionSchema } from './contract.ts';
import { isInForce, mayApprove, stateOn, whyUncounted } from './status.ts';
import { currentVerdicts } from './subject.ts';

export type ExceptionView = z.infer<typeof exceptionSchema>;

/** All exceptions of the client with their state today: those requested here, then those of the imported charter. */
export async function readExceptions(context: HandlerContext): Promise<readonly ExceptionView[]> {
  await context.services.verdicts.ensureCurrent([context.client.id]);
  const accounts = await accountsOf(context.services);
  return context.read(async (tx) => {
    const verdicts = await currentVerdicts(tx, context.client.id);
    const rows = await allExceptions(tx, context.client.id);
    const imported = await importedExceptions(tx, context.client.id);
    return [
      ...rows.map((row) => consoleView(context, row, verdicts, accounts)),
      ...imported.map((one, index) => charterView(context, one, index, verdicts)),
    ];
  });
}

export async function readException(context: HandlerContext, id: string): Promise<ExceptionView> {
  const found = (await readExceptions(context)).find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

async function importedExceptions(tx: Tx, clientId: string): Promise<NonNullable<Charter['exceptions']>> {
  const row = await countingDocument(tx, clientId, 'charter');
  return row === null ? [] : (charterSchema.parse(row.value).exceptions ?? []);
}

type Verdicts = ReadonlyMap<string, Verdict>;

function consoleView(
  context: HandlerContext,
  row: ExceptionRow,
  verdicts: Verdicts,
  accounts: Accounts,
): ExceptionView {
  const about = shared(context, row.control_id, row.items, verdicts);
  const today = todayOf(context);
  const state = stateOn(today, { state: row.state, from: row.from_day, until: row.until_day });
  const second = row.decided_by !== null && row.decided_by !== row.requested_by;
  const why = isInForce(state)
    ? (whyUncounted(about.severity, { owner: row.owner, approvedBy: second ? row.decided_by_name : null }) ??
      whyNotTaken(verdicts.get(row.control_id), row.items))
    : null;
  const question = { severity: about.severity, requestedBy: row.requested_by, owner: row.owner };
  const approval = mayApprove(question, context.actor, accounts);
  return {
    ...about,
    id: row.id,
    source: 'console',
    state,
    counts: isInForce(state) && why === null,
    why,
    reason: row.reason,
    owner: row.owner,
    from: row.from_day,
    until: row.until_day,
    daysLeft: daysBetween(today, row.until_day),
    requested: { by: row.requested_by_name, at: row.requested_at.toISOString() },
    decided:
      row.decided_at === null
        ? null
        : {
            by: row.decided_by_name ?? 'Someone',
            at: row.decided_at.toISOString(),
            note: row.decision_note,
            samePerson: !second,
          },
    ended:
      row.ended_at === null
        ? null
        : { by: row.ended_by_name ?? 'Someone', at: row.ended_at.toISOString(), reason: row.ended_reason },
    approval:
      state === 'requested' && context.can('exceptions.approve')
        ? { ok: approval.ok, words: approval.ok ? approval.note : approval.why }
        : null,
    mayEnd:
      (state === 'requested' || state === 'not_yet' || isInForce(state)) &&
      (context.can('exceptions.approve') ||
        (context.can('exceptions.request') && row.requested_by === context.actor.userId)),
    version: row.version,
  };
}

function charterView(
  context: HandlerContext,
  one: NonNullable<Charter['exceptions']>[number],
  index: number,
  verdicts: Verdicts,
): ExceptionView {
  const about = shared(context, one.control, one.items ?? null, verdicts);
  const today = todayOf(context);
  const state = stateOn(today, { state: 'approved', from: one.from ?? null, until: one.until });
  const why = isInForce(state)
    ? (whyUncounted(about.severity, { owner: one.owner, approvedBy: one.approvedBy ?? null }) ??
      whyNotTaken(verdicts.get(one.control), one.items ?? null))
    : null;
  return {
    ...about,
    id: `charter-${index + 1}`,
    source: 'charter',
    state,
    counts: isInForce(state) && why === null,
    why,
    reason: one.reason,
    owner: one.owner,
    from: one.from ?? null,
    until: one.until,
    daysLeft: daysBetween(today, one.until),
    requested: null,
    decided: null,
    ended: null,
    approval: null,
    mayEnd: false,
    version: null,
  };
}

/**
 * Why an exception that is approved and in force did not count in the verdict, which also considers the lists of
 * people; for example, its owner has left. null if it counted or covers none of the findings.
 */
function whyNotTaken(verdict: Verdict | undefined, keys: readonly string[] | null): string | null {
  if (verdict === undefined || verdict.exception !== null) return null;
  if (verdict.state !== 'fail' && verdict.state !== 'pending') return null;
  const named = new Set(keys?.map((text) => text.trim().toLowerCase()));
  // An action opened further than accepted fails again, which says nothing about the exception.
  const covers =
    keys === null || verdict.items.some(({ key, state }) => state === undefined && named.has(key));
  return covers ? 'It does not count. The verdict of the control says why.' : null;
}

function shared(
  { services }: HandlerContext,
  id: string,
  keys: readonly string[] | null,
  verdicts: Verdicts,
): Pick<ExceptionView, 'control' | 'title' | 'severity' | 'verdict' | 'items'> {
  const control = services.catalogue.controls.find((one) => one.id === id);
  const verdict = verdicts.get(id);
  const listed = new Map((verdict?.items ?? []).map((item) => [item.key, item]));
  return {
    control: id,
    title: control?.title ?? 'A control that the catalogue no longer holds',
    severity: control?.severity ?? null,
    verdict: verdict?.state ?? null,
    items:
      keys === null
        ? null
        : keys.map((text) => {
            const key = text.trim().toLowerCase();
            return { key, label: listed.get(key)?.label ?? text, listed: listed.has(key) };
          }),
  };
}

export function todayOf({ now, client }: HandlerContext): string {
  return present(now, client.timezone).today;
}

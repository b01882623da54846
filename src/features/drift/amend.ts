import type { MatrixEdits } from '#domain/connectors/edits.ts';
import type { Amendment, Deviation } from '#domain/drift/types.ts';
import type { Charter } from '#domain/model/charter.ts';
import { type DraftRow, openDraftFrom } from '#store/charter/drafts.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import {
  announce as announceDraft,
  charterOf,
  common,
  draftValue,
  putDraft,
  withReason,
} from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { announce, type Chosen, chosen, putDecision } from './decide.ts';
import { loadDrift } from './load.ts';

type Wanted = Chosen & { readonly until?: string | undefined };

/** The basis of a draft: an open draft that is being edited, otherwise the version in force. */
export interface Base {
  readonly version: number | null;
  readonly draft: DraftRow | null;
  readonly value: Charter;
}

/**
 * Starts or extends a draft of the charter that allows what was observed, and records that decision about the drift.
 */
export async function amendCharter(context: HandlerContext, input: Wanted) {
  const { client } = context;
  const loaded = await loadDrift(context);
  const one = chosen(loaded, input);
  if (one.amend === null)
    throw unprocessable(`${one.label}: the charter cannot say this. Put it back, or accept it until a date.`);
  const base = await context.read((tx) => baseOf(tx, client.id));
  const value = await amended(context, base.value, one, one.amend, input);
  const put = await context.change(async (tx, recorder) => {
    const now = await baseOf(tx, client.id);
    if (now.version !== base.version || now.draft?.version !== base.draft?.version)
      throw conflict(
        'The charter, or the draft of it that is open, was changed in the meantime. Nothing was stored; try again.',
        { by: now.draft?.changed_by_name ?? null, at: now.draft?.changed_at ?? null, version: now.version },
      );
    const created = await putDraft(tx, recorder, {
      ...common(context),
      value,
      title: base.draft?.title ?? `Follow what is set: ${one.label}`.slice(0, 200),
      reason: base.draft === null ? input.reason : withReason(base.draft, `${one.label}: ${input.reason}`),
      origin: 'console',
      replace: base.draft !== null,
    });
    await putDecision(tx, recorder, context, loaded, one, {
      decision: 'charter',
      reason: input.reason,
      draft: created.id,
    });
    return created;
  });
  announceDraft(context, put.id);
  announce(context, one.key);
  return { draft: put.id, version: put.version };
}

export async function baseOf(tx: Tx, clientId: string): Promise<Base> {
  const current = await newestCharter(tx, clientId);
  const version = current?.version ?? null;
  const open = await openDraftFrom(tx, clientId, 'console');
  // A draft that waits for approval is not reopened, and one based on another version has to be rebased first.
  const draft = open?.state === 'draft' && open.base_version === version ? open : null;
  return { version, draft, value: draft === null ? charterOf(current) : draftValue(draft.value) };
}

async function amended(
  context: HandlerContext,
  charter: Charter,
  one: Deviation,
  amend: Amendment,
  { reason, until }: Wanted,
): Promise<Charter> {
  if (amend.kind === 'part') {
    const { [amend.part as keyof Charter]: _was, ...rest } = charter;
    return draftValue({ ...rest, [amend.part]: amend.value });
  }
  const { services, client } = context;
  const edits = editsOf(amend, reason, until);
  const run = await services.verdicts.run(client.id, 'connectorEdits', { charter, edits });
  if (run === null) throw notFound();
  const [problem] = run.result.problems;
  if (problem === undefined) return run.result.charter;
  throw unprocessable(
    one.invariant !== null && until === undefined
      ? `${one.invariant}. ${one.label} can be ${one.observed} only with an end date and two approvers. Give the end date, or put it back.`
      : problem.words,
  );
}

function editsOf(
  amend: Exclude<Amendment, { kind: 'part' }>,
  reason: string,
  until: string | undefined,
): MatrixEdits {
  const none = { remove: [], add: [], classify: [], cells: [] };
  switch (amend.kind) {
    case 'remove':
      return { ...none, remove: [amend.name] };
    case 'connector':
      // Starts with nothing allowed: someone sets each action's permission in the draft.
      return {
        ...none,
        add:
          amend.entries.length > 0
            ? amend.entries.map((entry) => ({ entry, preset: 'read_only' as const }))
            : [
                {
                  name: amend.name,
                  preset: 'blocked' as const,
                  tools: amend.tools.map((name) => ({ name })),
                },
              ],
      };
    case 'cells':
      return { ...none, cells: amend.cells.map((cell) => ({ ...cell, reason, until })) };
  }
}

import type { z } from 'zod';
import { observedOn } from '#domain/decide/observed-on.ts';
import { RISK_STATUS_WORDS, SCOPE_WORDS } from '#domain/labels.ts';
import type { Control } from '#domain/model/catalogue.ts';
import { SCOPES } from '#domain/model/catalogue.ts';
import type { State } from '#domain/model/verdict.ts';
import { RISK_STATUSES, type RiskLine, type RiskStatus, riskBoard } from '#domain/risks/board.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { shortId } from '#domain/text/words.ts';
import type { CurrentVerdict } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { countStates, verdictsNow } from '../controls/index.ts';
import type { Page } from '../paging.ts';
import { reachOf, risksOf } from '../planner/index.ts';
import { statusOf } from '../reports/index.ts';
import { knownAccounts } from './accounts.ts';
import type { riskLineSchema, risksContract } from './contract.ts';

export type RiskView = z.infer<typeof riskLineSchema>;
type Board = z.infer<NonNullable<(typeof risksContract.board)['~orpc']['outputSchema']>>;
export type RiskFilter = Omit<
  z.infer<NonNullable<(typeof risksContract.board)['~orpc']['inputSchema']>>,
  'client' | keyof Page
>;

const WHY: Readonly<Record<RiskStatus, string>> = {
  open: 'A technical control against it fails.',
  cannot_read: 'A technical control against it could not be read, so nothing is claimed.',
  pending: 'A technical control against it is not enforced yet; report-only mode stops no one.',
  accepted: 'A control against it is left open by an exception that has an owner.',
  not_licensed: 'What would help against it is not in the plan or the licenses.',
  policy_only: 'No technical control covers it here; the policy does.',
  partly: 'The technology that the client has is in place, but it leaves part of the risk open.',
  covered: 'Every technical control against it is in place.',
};

/** Each risk with the controls that currently cover it. The counts include all risks, regardless of the filter. */
export async function showBoard(context: HandlerContext, filter: RiskFilter): Promise<Board> {
  const { catalogue } = context.services;
  const { current, decision } = await verdictsNow(context);
  const held = await reachOf(context);
  const verdicts = new Map(current.map((one) => [one.verdict.control, one]));
  const states = new Map(current.map(({ verdict }) => [verdict.control, verdict.state]));
  const reach = new Map(held.map((one) => [one.risk, one]));
  const board = riskBoard(catalogue, states, new Map(held.map(({ risk, coverage }) => [risk, coverage])));
  const parts = { catalogue, verdicts, states, reach };
  const lines = new Map(board.map((line) => [line.risk.id, line]));
  // In the guide's order, as in the planner.
  const all = risksOf({ catalogue }).flatMap((shown) => {
    const line = lines.get(shown.risk);
    return line === undefined ? [] : [viewOf(line, shown, parts)];
  });
  const items = all.filter((one) => matches(one, filter));
  return {
    items,
    total: items.length,
    all: all.length,
    counts: Object.fromEntries(
      RISK_STATUSES.map((name) => [name, all.filter((one) => one.status === name).length]),
    ) as Board['counts'],
    scopes: SCOPES.map((scope) => {
      const controls = onceEach(
        all.flatMap((one) => one.scopes.find((part) => part.scope === scope)?.controls ?? []),
      );
      const applying = controls.filter(({ state }) => state !== 'not_applicable');
      return {
        scope,
        name: SCOPE_WORDS[scope],
        hold: applying.filter(({ state }) => state === 'pass').length,
        of: applying.length,
        counts: countStates(controls),
      };
    }),
    policies: catalogue.controls
      .filter(({ guide }) => guide.some((row) => /^G6\.[2-5]-/.test(row)))
      .map((control) => controlView(control, verdicts)),
    accounts: await knownAccounts(context),
    decidedAt: decision.at?.toISOString() ?? null,
  };
}

interface Parts {
  readonly catalogue: HandlerContext['services']['catalogue'];
  readonly verdicts: ReadonlyMap<string, CurrentVerdict>;
  readonly states: ReadonlyMap<string, State>;
  readonly reach: ReadonlyMap<string, Awaited<ReturnType<typeof reachOf>>[number]>;
}

function viewOf(
  { risk, status, scopes }: RiskLine,
  shown: ReturnType<typeof risksOf>[number],
  { catalogue, verdicts, states, reach }: Parts,
): RiskView {
  const titles = new Map(catalogue.controls.map(({ id, title }) => [id, title]));
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const held = reach.get(risk.id);
  return {
    ...shown,
    status,
    statusName: RISK_STATUS_WORDS[status],
    words: risk.policyOnly ? 'No technology prevents it; the policy is the control.' : WHY[status],
    details: statusOf({ ...risk, policyOnly: false }, states, titles),
    scopes: scopes.map(({ controls: ids, ...part }) => ({
      ...part,
      name: SCOPE_WORDS[part.scope],
      controls: ids.flatMap(({ control: id }) => {
        const control = controls.get(id);
        return control === undefined ? [] : [controlView(control, verdicts)];
      }),
    })),
    reach: {
      word: held?.word ?? 'Not known',
      layers: (held?.layers ?? []).map(({ name, word, words }) => ({ name, word, words })),
    },
  };
}

function controlView(
  control: Control,
  verdicts: ReadonlyMap<string, CurrentVerdict>,
): RiskView['scopes'][number]['controls'][number] {
  const verdict = verdicts.get(control.id)?.verdict;
  return {
    control: control.id,
    short: shortId(control.id),
    title: control.title,
    state: verdict?.state ?? 'cannot_read',
    reason: verdict?.reason ?? 'It has not been decided yet.',
    observedOn: verdict === undefined ? null : observedOn(verdict),
    goodUntil: verdict?.goodUntil ?? null,
  };
}

function onceEach<T extends { readonly control: string }>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [one.control, one])).values()];
}

function matches(one: RiskView, { status, scope, text }: RiskFilter): boolean {
  if (status !== undefined && one.status !== status) return false;
  if (scope !== undefined && one.scopes.find((part) => part.scope === scope)?.state === null) return false;
  const words = searchable(text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const titles = one.scopes.flatMap(({ controls }) =>
    controls.map(({ short, title }) => `${short} ${title}`),
  );
  const whole = searchable([one.title, one.story, ...titles].join('\n'));
  return words.every((word) => whole.includes(word));
}

/** The filter in words, for the heading of a file; null: no filter. */
export function filterWords({ status, scope, text }: RiskFilter): string | null {
  const parts = [
    status === undefined ? null : RISK_STATUS_WORDS[status],
    scope === undefined ? null : SCOPE_WORDS[scope],
    text === undefined || text.trim() === '' ? null : `Text: ${text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}
// Guide: G1.1-14 G4-00 G4.1-01 G4.1-02 G4.1-03 G4.1-04 G4.1-05 G4.1-06 G4.1-07 G4.1-08 G4.3-02

import type { EvaluationState } from '#domain/decide/context.ts';
import type { Quote } from '#domain/planner/cost.ts';
import { plannedFor, positionOf, weightOf } from '#domain/planner/position.ts';
import { offers } from '#domain/planner/purchases.ts';
import { setColumn, todayColumn } from './columns.ts';
import { pricesOf } from './money.ts';
import type { ColumnView, UpgradesView } from './schemas.ts';

/**
 * Each purchase offered to a client, alone compared with today, computed like `planner compare`. It is a forecast of
 * what could be enforced, never a statement of what is. Purchases that would change nothing are only named.
 */
export function upgradesOf(shared: EvaluationState, quotes: readonly Quote[]): UpgradesView {
  const input = plannedFor(shared);
  const now = positionOf(input);
  const today = todayColumn(input, now, quotes);
  const titles = new Map(input.catalogue.risks.map(({ id, title }) => [id, title]));
  const open = offers(input).filter(({ because }) => because === null);
  const all = open.map((offer) => {
    const column = setColumn(now, input, 0, [offer.id], quotes);
    return { ...column, key: offer.id, label: offer.name, better: betterRisks(today, column, titles) };
  });
  const useful = all.filter(
    (one) => one.gains.length > 0 || one.better.length > 0 || reachesMore(today, one),
  );
  return {
    seats: input.profile.claudeSeats ?? null,
    staff: input.profile.staffCount ?? null,
    today,
    upgrades: useful,
    noEffect: all.filter((one) => !useful.includes(one)).map(({ key, label }) => ({ id: key, name: label })),
    prices: pricesOf([today, ...useful], new Map(open.map(({ id, per }) => [id, per]))),
  };
}

function betterRisks(
  today: ColumnView,
  column: ColumnView,
  titles: ReadonlyMap<string, string>,
): UpgradesView['upgrades'][number]['better'] {
  const before = new Map(today.risks.map((one) => [one.risk, one]));
  return column.risks.flatMap((one) => {
    const now = before.get(one.risk);
    if (now === undefined || weightOf(one) <= weightOf(now)) return [];
    return [{ risk: one.risk, title: titles.get(one.risk) ?? one.risk, from: now.word, to: one.word }];
  });
}

function reachesMore(today: ColumnView, column: ColumnView): boolean {
  return column.goals.some(({ has }, index) => has === 'yes' && today.goals[index]?.has !== 'yes');
}

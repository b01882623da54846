import { longDay, monthWords, names, shortId } from '#domain/text/words.ts';

import { aboutWords, type Comparison } from '../read.ts';
import type { ColumnView, DifferenceView } from '../schemas.ts';

export interface PrintInput {
  readonly title: string;
  readonly client: string;
  readonly person: string;
  readonly day: string;
  readonly paper: 'a4' | 'us-letter';
  readonly found: Comparison;
  readonly differences: readonly DifferenceView[];
}

/** How much is printed on the two pages. What does not fit is counted, never dropped silently. */
export interface Room {
  /** Whether words are printed below each risk. */
  readonly lines: boolean;
  /** Maximum purchases of a set named in its heading. */
  readonly names: number;
  /** Maximum entries of each list on the second page. */
  readonly entries: number;
}

/** All content of the two pages, as plain text. */
export function printView(input: PrintInput, { lines, names: max, entries }: Room) {
  const { found, differences } = input;
  const columns = [found.today, ...found.columns];
  const risks = found.risks.map((risk) => ({
    title: risk.title,
    listed: risk.listed,
    cells: columns.map((column) => {
      const own = column.risks.find((one) => one.risk === risk.risk);
      const now = found.today.risks.find((one) => one.risk === risk.risk);
      const same = column.key !== 'today' && own?.coverage === now?.coverage && own?.line === now?.line;
      return {
        icon: own?.coverage ?? 'unknown',
        word: own?.word ?? 'Not known',
        line: lines && !same ? (own?.line ?? '') : '',
      };
    }),
  }));
  const further = risks.filter((one) => !one.listed);
  const changes = ({ cells }: (typeof risks)[number]) => new Set(cells.map(({ word }) => word)).size > 1;
  const matters = differences.filter((one) => one.matters);
  return {
    title: input.title,
    author: input.person,
    date: input.day.split('-').map(Number),
    paper: input.paper,
    foot: `${input.client} · ${input.title} · ${longDay(input.day)}`,
    client: input.client,
    about: aboutWords(found),
    way: found.goalWords ?? '',
    columns: columns.map((column) => ({
      label: column.label,
      name: column.purchases.length > max ? shortName(column, max) : column.name,
      cheapest: column.cheapest,
      month: column.key === 'today' ? 'Nothing' : column.cost.month,
      detail: monthDetail(column, max),
      year: column.key === 'today' ? 'Nothing' : column.cost.year,
      enforceable: String(column.count.enforceable),
      gained: column.key === 'today' ? '' : `+${column.gains.length}`,
    })),
    of: `of ${totalOf(found.today)} that apply; ${found.today.count.policy_only} are policy only today`,
    listed: risks.filter((one) => one.listed),
    further: further.filter(changes),
    same: unchanged(further.filter((one) => !changes(one))),
    gains: found.columns.map(({ label, gains, problems }) => ({
      label,
      lines: few(
        [...problems, ...gains.map(({ control, title }) => `${shortId(control)} ${title}`)],
        entries,
        'Nothing that a control asks for.',
      ),
    })),
    prices: few(found.prices, entries * 2, 'No price is known.'),
    differences: few(
      matters.map(
        ({ title, guide, vendor, effect }) =>
          `${title}. The guide (${monthWords(guide.asOf)}) says ${guide.has}, the vendor (${monthWords(vendor.asOf)}) says ${vendor.has}. ${effect}`,
      ),
      Math.max(2, Math.floor(entries / 2)),
      'Nowhere in a way that changes what this client would have to buy.',
    ),
  };
}

function shortName({ purchases }: ColumnView, max: number): string {
  return names(
    purchases.map(({ name }) => name),
    max,
  );
}

function monthDetail({ key, cost }: ColumnView, max: number): string {
  if (key === 'today') return `Paid now: ${cost.month}`;
  const none = cost.unpriced.map(({ name }) => name);
  const rest = none.length > 0 ? `No price: ${names(none, max)}` : cost.unknown.join(' ');
  return [cost.detail, rest].filter((words) => words !== '').join('. ');
}

/** Risks that no set covers differently from today, grouped by coverage. */
function unchanged(
  risks: readonly { readonly title: string; readonly cells: readonly { readonly word: string }[] }[],
) {
  const by = Map.groupBy(risks, ({ cells }) => cells[0]?.word ?? 'Not known');
  return [...by].map(([word, list]) => `${word}: ${list.map(({ title }) => title).join('; ')}.`);
}

/** Number of controls that apply to the client. */
export function totalOf({ count }: Pick<ColumnView, 'count'>): number {
  return count.enforceable + count.policy_only + count.not_licensed + count.unknown;
}

function few(list: readonly string[], max: number, none: string): readonly string[] {
  if (list.length === 0) return [none];
  if (list.length <= max) return list;
  return [...list.slice(0, max), `And ${list.length - max} more, which the console lists.`];
}

import { shortId } from '#domain/text/words.ts';
import { number, type SheetPlan, text } from '../../shared/xlsx-cells.ts';
import type { Report } from '../model.ts';
import { upgradesShown } from '../shared/upgrades.ts';

/** Today and each upgrade by itself, one per row. Only a complete sum is a number; anything else remains text. */
export function upgradesSheet(report: Report): SheetPlan {
  const shown = upgradesShown(report);
  const columns = report.upgrades === null ? [] : [report.upgrades.today, ...report.upgrades.upgrades];
  return {
    name: 'Upgrades',
    columns: [
      ['Upgrade (forecast)', 44],
      ['Added each month', 20],
      ['US dollars each month', 14],
      ['Added each year', 20],
      ['Could be enforced', 12],
      ['Policy only', 12],
      ['Not licensed', 12],
      ['Not known', 12],
      ['New among them', 60],
      ['Risks covered better', 60],
      ['How it is calculated', 50],
      ['Where the prices come from', 60],
    ],
    rows: columns.map(({ key, label, name, cost, count, gains }, index) => {
      const line = shown?.lines[index - 1];
      return [
        text(key === 'today' ? `Today: ${name}` : label),
        text(key === 'today' ? null : cost.month),
        number(key !== 'today' && cost.known === 'whole' ? cost.usdPerMonth : null),
        text(key === 'today' ? null : cost.year),
        number(count.enforceable),
        number(count.policy_only),
        number(count.not_licensed),
        number(count.unknown),
        text(gains.map(({ control, title }) => `${shortId(control)} ${title}`).join('\n')),
        text(line === undefined ? null : line.better.join('\n')),
        text(key === 'today' ? null : (line?.reckoned ?? null)),
        text([...cost.lines, ...cost.replaced].map((one) => `${one.name}: ${one.from.words}.`).join('\n')),
      ];
    }),
  };
}

import { z } from 'zod';
import { coveredDays, type ToolUse, toolDecision, toolUses } from '../../ai-tools/use.ts';
import { addDays } from '../../model/day.ts';
import type { AiTrafficRow } from '../../model/kinds.ts';
import { defineRule, type Read } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { saysNotDone, saysRefused, saysUnexplained } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

const WHY = {
  none: 'no one has decided on it',
  forbidden: 'the charter forbids it',
  lapsed: 'the time for which it was allowed is over',
} as const;

/** Each AI tool that network logs show in use is allowed by a decision of the charter. */
export const aiToolsDecided = defineRule({
  name: 'ai-tools-decided',
  about:
    'Network logs of the last weeks are compared with the decisions on AI tools in the charter. A tool that gets through without a decision, against one, or after its last day fails. It passes only for the days and places that the logs cover, and only if they show Claude or another AI tool at all: a log that shows none may not see what staff do.',
  failsFromPart: ['ai_traffic'],
  params: z.strictObject({
    days: z.number().int().min(1).default(45),
    minimumDays: z.number().int().min(1).default(7),
  }),
  decide(context, { days, minimumDays }) {
    const logs = context.read('ai_traffic');
    if (!logs.ok) return absent(logs).cannotRead(logs.howToGet);
    const { charter, today, catalogue } = context;
    const question = ask(
      'charter',
      'aiTools',
      'Decide on each AI tool under `aiTools` in the charter: approved, tolerated until a day, or forbidden, with the reason.',
    );
    if (!charter.ok) return absent(charter).cannotRead(question, logs.evidence);
    const from = addDays(today, -days);
    const recent = logs.readings.map(({ rows }) => ({
      rows: rows.filter(({ on }) => on === null || (on >= from && on <= today)),
    }));
    const uses = toolUses(recent, catalogue.aiTools);
    const others = uses.filter(({ key }) => key !== 'claude');
    const against = others
      .filter(({ gotThrough }) => gotThrough)
      .flatMap((use): { use: ToolUse; why: keyof typeof WHY }[] => {
        const decision = toolDecision(charter.value, use, catalogue.aiTools, today);
        if (decision === null) return [{ use, why: 'none' }];
        // A query for a blocked name leaves the same line as one that succeeds.
        if (use.askedOnly && decision.is === 'forbidden') return [];
        return decision.is === 'forbidden' || decision.is === 'lapsed' ? [{ use, why: decision.is }] : [];
      });
    if (against.length > 0)
      return because(
        'personal_accounts.ai_tools.not_allowed',
        `${count(against.length, 'AI tool')} in use on the network ${verb(against.length, 'is', 'are')} not allowed: ${names(
          against.map(({ use, why }) => `${use.title} (${WHY[why]})`),
          4,
        )}.`,
      ).fail(
        against.slice(0, 20).map(({ use }) => cited(logs, use)),
        against.map(({ use, why }) => itemOf(logs, use, WHY[why])),
      );
    const denied = others.flatMap((use) => {
      const decision = toolDecision(charter.value, use, catalogue.aiTools, today);
      return use.gotThrough && decision !== null && isDenied(decision.entry.reason)
        ? [{ use, reason: decision.entry.reason }]
        : [];
    });
    if (denied.length > 0)
      return because(
        'personal_accounts.ai_tools.reason_contradicts',
        `The charter allows ${names(
          denied.map(({ use, reason }) => `${use.title} with the reason “${reason}”`),
          3,
        )}, so whether ${verb(denied.length, 'it is', 'they are')} allowed is unclear.`,
      ).cannotRead(
        ask(
          'charter',
          'aiTools',
          'Correct the decision on each of these tools in the charter, or give the reason for which it is allowed.',
          'reason',
        ),
        denied.map(({ use }) => cited(logs, use)),
      );
    const asked = others.filter(
      (use) =>
        use.askedOnly && toolDecision(charter.value, use, catalogue.aiTools, today)?.is === 'forbidden',
    );
    if (asked.length > 0)
      return because(
        'personal_accounts.ai_tools.asked_only',
        `${names(
          asked.map(({ title }) => title),
          4,
        )} ${verb(asked.length, 'is', 'are')} forbidden and ${verb(asked.length, 'was', 'were')} looked up by name. The logs contain only names and do not show whether anything got through.`,
      ).cannotRead(
        ask(
          'source',
          'ai_traffic',
          'Import the gateway or firewall log for the same days, which shows what was refused.',
        ),
        asked.map((use) => cited(logs, use)),
      );
    const covered = coveredDays(logs.readings, { from, to: today });
    if (covered === null)
      return because(
        'personal_accounts.ai_tools.no_period',
        'No log says which days it covers, so the logs cannot show a period without other AI tools.',
      ).cannotRead(period(), logs.evidence);
    if (uses.length === 0)
      return because(
        'personal_accounts.ai_tools.sees_none',
        `The logs of ${dayWords(covered.from)} to ${dayWords(covered.to)} show no AI tool, not even Claude, so they may not see what staff use.`,
      ).cannotRead(
        ask(
          'source',
          'ai_traffic',
          'Import the log of the gateway or DNS server that staff devices go through.',
        ),
        logs.evidence,
      );
    if (covered.days < minimumDays)
      return because(
        'personal_accounts.ai_tools.too_short',
        `The logs cover ${count(covered.days, 'day')} of the last ${days}. At least ${minimumDays} are needed.`,
      ).cannotRead(
        ask('source', 'ai_traffic', `Import logs covering at least ${minimumDays} days.`),
        logs.evidence,
      );
    const allowed = others.filter(({ gotThrough }) => gotThrough);
    return because(
      'personal_accounts.ai_tools.all_allowed',
      `${
        allowed.length === 0
          ? 'No AI tool but Claude got through'
          : `${allowed.length === 1 ? 'The one other AI tool' : `Each of ${allowed.length} other AI tools`} that got through is allowed by the charter: ${names(
              allowed.map(({ title }) => title),
              4,
            )}`
      }, in the logs ${placeWords(uses)}of ${count(covered.days, 'day')} from ${dayWords(covered.from)} to ${dayWords(covered.to)}. They say nothing about other days, other networks or private devices.${others.length === 0 ? ' They name no other tool at all, refused or not; a log that was searched for Claude would look the same.' : ''}`,
    ).pass([
      ...(allowed.length === 0 ? uses : allowed).slice(0, 20).map((use) => cited(logs, use)),
      ...logs.evidence,
    ]);
  },
});

/** Whether the reason of a decision says that there was none: "Rejected by the board", "TBD". */
function isDenied(text: string): boolean {
  return (
    saysRefused(text) ||
    saysNotDone(text) ||
    saysUnexplained(text) ||
    /^\W*(?:tb[adc]|n\/?a|none|unknown)\W*$/iu.test(text)
  );
}

function period() {
  return ask(
    'source',
    'ai_traffic',
    'Say under Imports which days the list of discovered apps covers, or import a log that gives days.',
  );
}

function placeWords(uses: readonly ToolUse[]): string {
  const places = [...new Set(uses.flatMap((use) => use.places))];
  return places.length === 0 ? '' : `of ${names(places, 3)} `;
}

function cited(logs: Read<'ai_traffic'>, use: ToolUse) {
  const [row] = use.rows as [AiTrafficRow, ...AiTrafficRow[]];
  return logs.cite(row, `${use.title}, ${useWords(use)}`);
}

function itemOf(logs: Read<'ai_traffic'>, use: ToolUse, why: string): Item {
  return {
    key: use.key,
    label: use.title,
    detail: `${why.charAt(0).toUpperCase()}${why.slice(1)}: ${useWords(use)}.`,
    evidence: [cited(logs, use)],
  };
}

/** "3 people, 12 times, last on Nov 24, 2026". */
export function useWords({ people, counted, devices, times, lastOn }: ToolUse): string {
  const who =
    people.length > 0
      ? count(people.length, 'person', 'people')
      : counted !== null
        ? count(counted, 'person', 'people')
        : count(devices.length, 'device');
  return [
    who,
    times === null ? null : `${count(times, 'time')}`,
    lastOn === null ? null : `last on ${dayWords(lastOn)}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
// Guide: G4-00

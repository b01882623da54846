import { coveredDays, type ToolUse, toolDecision, toolUses } from '#domain/ai-tools/use.ts';
import { contextFor } from '#domain/decide/context.ts';
import { addDays } from '#domain/model/day.ts';
import { organizationsOf } from '#domain/network/plan.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { TaskInput } from '../../shared/services/tasks.ts';

declare module '../../shared/services/tasks.ts' {
  interface Tasks {
    shadowAi: typeof shadowAi;
  }
}

const RULE = 'ai-tools-decided';
/** Age in days up to which the control accepts a log. */
const DAYS = 45;

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$|:/;

/** What network logs and the list of managed devices show about AI tools. null if the catalogue has no such control. */
export function shadowAi({ shared }: TaskInput) {
  const { catalogue } = shared.input;
  const control = catalogue.controls.find((one) => one.checks.some(({ rule }) => rule === RULE));
  if (control === undefined) return null;
  const context = contextFor(shared, control, DAYS);
  const { today } = context;
  const charter = context.charter.ok ? context.charter.value : {};
  const current = context.read('ai_traffic');
  const logs = current.ok ? current : (current.part ?? null);
  const from = addDays(today, -DAYS);
  const recent = (logs?.readings ?? []).map(({ rows }) => ({
    rows: rows.filter(({ on }) => on === null || (on >= from && on <= today)),
  }));
  const uses = toolUses(recent, catalogue.aiTools);
  const covered = coveredDays(logs?.readings ?? [], { from, to: today });
  const claude = uses.find(({ key }) => key === 'claude');
  const known = new Map(catalogue.aiTools.tools.map((tool) => [tool.id, tool]));
  const ours = new Set(organizationsOf(charter, null));
  return {
    logs: {
      read: logs !== null,
      words: current.ok
        ? covered === null
          ? 'Logs were read, but none says which days it covers.'
          : `Logs of ${count(covered.days, 'day')} between ${dayWords(covered.from)} and ${dayWords(covered.to)} were read. They show nothing about other days, other networks or private devices.`
        : current.why,
      howToGet: current.ok ? null : current.howToGet.text,
      days: covered?.days ?? null,
      from: covered?.from ?? null,
      to: covered?.to ?? null,
      places: distinct(uses.flatMap(({ places }) => places)),
    },
    claude:
      claude === undefined
        ? null
        : {
            ...usedOf(claude),
            ours: claude.organizations.filter((id) => ours.has(id)).length,
            others: claude.organizations.filter((id) => !ours.has(id)).length,
          },
    tools: uses
      .filter(({ key }) => key !== 'claude')
      .map((use) => {
        const decision = toolDecision(charter, use, catalogue.aiTools, today);
        const tool = known.get(use.key);
        return {
          ...usedOf(use),
          key: use.key,
          title: use.title,
          vendor: tool?.vendor ?? null,
          kind: use.kind,
          takes: tool?.takes ?? null,
          note: tool?.note ?? null,
          decision: decision?.is ?? ('none' as const),
          until: decision?.entry.until ?? null,
          reason: decision?.entry.reason ?? null,
          by: decision?.entry.by ?? null,
        };
      }),
    devices: devicesOf(context, uses),
    asOf: catalogue.aiTools.asOf,
    known: catalogue.aiTools.tools.length - 1,
  };
}

function usedOf(use: ToolUse) {
  const { people, counted, devices, places, days, lastOn, times, refused, sent, gotThrough, askedOnly } = use;
  return {
    people: people.length > 0 ? people.length : counted,
    names: [...people],
    devices: devices.length,
    places: [...places],
    days,
    lastOn,
    times,
    refused,
    sent,
    gotThrough,
    askedOnly,
  };
}

/** Devices named in logs compared with the managed ones. An IP address does not identify a device. */
function devicesOf(context: ReturnType<typeof contextFor>, uses: readonly ToolUse[]) {
  const managed = context.read('managed_devices', 90);
  const named = distinct(uses.flatMap(({ devices }) => devices))
    .filter((device) => !ADDRESS.test(device))
    .map(shortName);
  if (!managed.ok) return { managed: null, unknown: null, words: managed.why };
  const names = new Set(managed.rows.flatMap(({ name }) => (name === null ? [] : [shortName(name)])));
  if (named.length === 0)
    return {
      managed: managed.rows.length,
      unknown: null,
      words:
        'The logs give addresses and no names of devices, so they cannot be compared with the list of managed devices.',
    };
  const unknown = distinct(named).filter((name) => !names.has(name)).length;
  return {
    managed: managed.rows.length,
    unknown,
    words:
      unknown === 0
        ? 'Every device that the logs name is managed.'
        : `${count(unknown, 'device')} that the logs name ${unknown === 1 ? 'is' : 'are'} not in the list of managed devices, so no policy of ours reaches ${unknown === 1 ? 'it' : 'them'}.`,
  };
}

function shortName(name: string): string {
  return (name.toLowerCase().split('.')[0] ?? '').trim();
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}

import { DEFAULT_FRESH_DAYS, windowOf } from '#domain/decide/fresh-days.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { importGuideOf } from '#domain/model/import-guides.ts';
import { ALL_KINDS, KINDS, type Kind } from '#domain/model/kinds.ts';
import { isOffered } from '#domain/model/offered.ts';
import { newestReadings } from '#store/imports/newest.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import { hasTemplate } from './examples.ts';

function guideFor({ importGuides }: Catalogue, kind: Kind) {
  const { steps, request, sources, sample } = importGuideOf(importGuides, kind);
  return { steps: [...steps], request, sources: [...sources], template: hasTemplate(sample) };
}

/**
 * What a client can import or has stored: each kind that its plan and systems offer, where to export it, how many
 * controls read it, and whether the latest reading is current for all of them.
 */
export async function importSources(context: HandlerContext) {
  const { client, services, now } = context;
  const { newest, profile } = await context.read(async (tx) => ({
    newest: await newestReadings(tx, client.id),
    profile: await readProfile(tx, client.id),
  }));
  const { today } = present(now, client.timezone);
  const items = ALL_KINDS.flatMap((kind) => {
    const info = KINDS[kind];
    // Stored readings are shown whatever the profile says.
    if (!isOffered(kind, profile) && !newest.has(kind)) return [];
    const readers = services.catalogue.controls.filter((control) =>
      control.checks.some(({ reads }) => reads.includes(kind)),
    );
    const windows = readers.flatMap((control) =>
      control.checks
        .filter(({ reads }) => reads.includes(kind))
        .map((check) => windowOf(kind, check.freshDays ?? DEFAULT_FRESH_DAYS)),
    );
    const day = newest.get(kind) ?? null;
    const countsUntil = day === null || windows.length === 0 ? null : addDays(day, Math.min(...windows));
    return [
      {
        kind,
        name: info.label,
        howToGet: info.howToGet,
        ...guideFor(services.catalogue, kind),
        unlocks: readers.length,
        state:
          day === null
            ? ('missing' as const)
            : countsUntil !== null && countsUntil < today
              ? ('stale' as const)
              : ('fresh' as const),
        observedOn: day,
        countsUntil,
      },
    ];
  });
  const order = { missing: 0, stale: 1, fresh: 2 } as const;
  const sorted = items.sort((a, b) => order[a.state] - order[b.state] || b.unlocks - a.unlocks);
  return { items: sorted, total: sorted.length, today };
}

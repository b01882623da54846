import { z } from 'zod';
import { CHECK_VERDICTS, type CheckVerdict } from '#domain/dlp/decision.ts';
import { checksOf, type StoredCheck } from '#store/dlp/checks.ts';
import type { HandlerContext } from '../../context.ts';
import { readCursor, writeCursor } from '../../paging.ts';
import { type People, peopleOf } from '../../people/index.ts';

interface Asked {
  readonly reference?: string | undefined;
  readonly verdict?: CheckVerdict | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Decisions of the guards, the newest first, each with what it rests on and nothing of the content. */
export async function listChecks(context: HandlerContext, asked: Asked) {
  const { client, services } = context;
  const people = await peopleOf(context, client, { masked: !context.can('people.read', client.id) });
  const titles = new Map(
    services.catalogue.dlp.flatMap(({ rules }) => rules.map(({ id, title }) => [id, title])),
  );
  const found = await context.read((tx) =>
    checksOf(tx, client.id, {
      reference: asked.reference?.trim().toUpperCase(),
      verdicts: asked.verdict === undefined ? [] : [asked.verdict],
      before: asked.cursor === undefined ? null : readCursor(asked.cursor, place),
      limit: asked.limit + 1,
    }),
  );
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  return {
    items: items.map((check) => checkView(check, people, titles)),
    nextCursor:
      found.length <= asked.limit || last === undefined
        ? null
        : writeCursor([last.at.toISOString(), last.reference]),
  };
}

const BECAUSE = ['content', 'unfinished'] as const;

const place = z
  .tuple([z.iso.datetime({ precision: 3 }), z.string()])
  .transform(([at, reference]) => ({ at, reference }));

function checkView(
  { reference, at, guard, verdict, activity }: StoredCheck,
  people: People,
  titles: ReadonlyMap<string, string>,
) {
  const detail = activity?.detail ?? {};
  const rules = typeof detail.rules === 'object' && detail.rules !== null ? detail.rules : {};
  return {
    reference,
    at: at.toISOString(),
    guard,
    verdict: CHECK_VERDICTS.find((one) => one === verdict) ?? null,
    finished: typeof detail.finished === 'boolean' ? detail.finished : null,
    because: BECAUSE.find((one) => one === detail.because) ?? null,
    found: Object.entries(rules).map(([rule, hits]) => ({
      rule,
      title: titles.get(rule) ?? rule,
      hits: Number(hits),
    })),
    person: activity === null || activity.person === null ? null : people.of(activity.person),
    surface: activity?.surface ?? null,
    organization: activity?.organization ?? null,
    characters: activity?.amounts.size ?? null,
    milliseconds: activity?.amounts.durationMs ?? null,
    seq: activity?.seq ?? null,
  };
}

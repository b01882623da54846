import { z } from 'zod';
import {
  CHECK_ACCOUNTS,
  CHECK_JUDGMENTS,
  CHECK_REASONS,
  CHECK_VERDICTS,
  type CheckVerdict,
  PURVIEW_ANSWERS,
} from '#domain/dlp/decision.ts';
import { isOwnRule } from '#domain/dlp/own-patterns.ts';
import type { DlpRule } from '#domain/dlp/rules.ts';
import { checksOf, type StoredCheck } from '#store/dlp/checks.ts';
import type { HandlerContext } from '../../context.ts';
import { readCursor, writeCursor } from '../../paging.ts';
import { type People, peopleOf } from '../../people/index.ts';
import { clauseCalled } from '../../policy/index.ts';
import { rulesFor } from '../rules-of-client.ts';
import { tuningOf } from '../tuning-of.ts';

interface Asked {
  readonly reference?: string | undefined;
  readonly verdict?: CheckVerdict | undefined;
  readonly guard?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Decisions of the guards, newest first, each with its basis and without any content. */
export async function listChecks(context: HandlerContext, asked: Asked) {
  const { client, services } = context;
  const people = await peopleOf(context, client, { masked: !context.can('people.read', client.id) });
  const tuning = await context.read((tx) => tuningOf(tx, client.id));
  const rules = new Map(rulesFor(services.catalogue, tuning).map((rule) => [rule.id, rule]));
  const clauses = await context.read(async (tx) => ({
    credential: await clauseCalled(tx, context, 'no_credentials'),
    member: await clauseCalled(tx, context, 'no_member_data'),
  }));
  const found = await context.read((tx) =>
    checksOf(tx, client.id, {
      reference: asked.reference?.trim().toUpperCase(),
      verdicts: asked.verdict === undefined ? [] : [asked.verdict],
      guard: asked.guard,
      before: asked.cursor === undefined ? null : readCursor(asked.cursor, place),
      limit: asked.limit + 1,
    }),
  );
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  return {
    items: items.map((check) => checkView(check, people, rules, clauses)),
    nextCursor:
      found.length <= asked.limit || last === undefined
        ? null
        : writeCursor([last.at.toISOString(), last.reference]),
  };
}

/** Fingerprints of a rule's findings, from the activity of a decision. */
export function fingerprintsIn(detail: Readonly<Record<string, unknown>>, rule: string): readonly string[] {
  const { fingerprints } = detail;
  if (typeof fingerprints !== 'object' || fingerprints === null) return [];
  const list: unknown = (fingerprints as Record<string, unknown>)[rule];
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

type Clause = NonNullable<Awaited<ReturnType<typeof clauseCalled>>>;

const place = z
  .tuple([z.iso.datetime({ precision: 3 }), z.string()])
  .transform(([at, reference]) => ({ at, reference }));

function checkView(
  { reference, at, guard, verdict, judged, activity }: StoredCheck,
  people: People,
  rules: ReadonlyMap<string, DlpRule>,
  clauses: { readonly credential: Clause | null; readonly member: Clause | null },
) {
  const detail = activity?.detail ?? {};
  const hits = Object.entries(typeof detail.rules === 'object' && detail.rules !== null ? detail.rules : {});
  // A pattern that was removed since is still one for a password or key.
  const secret = ([rule]: readonly [string, unknown]) =>
    rules.get(rule)?.group === 'credential' || isOwnRule(rule);
  const against = [
    ...(hits.some(secret) ? [clauses.credential] : []),
    ...(hits.every(secret) ? [] : [clauses.member]),
  ];
  const as = CHECK_JUDGMENTS.find((one) => one === judged?.as);
  return {
    reference,
    at: at.toISOString(),
    guard,
    verdict: CHECK_VERDICTS.find((one) => one === verdict) ?? null,
    finished: typeof detail.finished === 'boolean' ? detail.finished : null,
    because: CHECK_REASONS.find((one) => one === detail.because) ?? null,
    purview: PURVIEW_ANSWERS.find((one) => one === detail.purview) ?? null,
    found: hits.map(([rule, count]) => ({
      rule,
      title: rules.get(rule)?.title ?? rule,
      hits: Number(count),
      fingerprints: [...fingerprintsIn(detail, rule)],
    })),
    clauses: against.filter((one) => one !== null),
    judged:
      judged === null || as === undefined
        ? null
        : { as, by: judged.by, at: judged.at.toISOString(), note: judged.note },
    person: activity === null || activity.person === null ? null : people.of(activity.person),
    surface: activity?.surface ?? null,
    organization: activity?.organization ?? null,
    account: CHECK_ACCOUNTS.find((one) => one === detail.account) ?? null,
    unread: typeof detail.unread === 'number' ? detail.unread : null,
    characters: activity?.amounts.size ?? null,
    milliseconds: activity?.amounts.durationMs ?? null,
    seq: activity?.seq ?? null,
  };
}

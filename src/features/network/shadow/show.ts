import type { z } from 'zod';
import { lastsOf, probesThatCount, speaksAgainst } from '#domain/network/as-journal.ts';
import { networkProbes } from '#store/network/probes.ts';
import type { HandlerContext } from '../../context.ts';
import { headsNow } from '../../controls/index.ts';
import { notFound } from '../../problems.ts';
import { showBoard } from '../../risks/index.ts';
import type { shadowAiSchema } from './schemas.ts';

type Shown = z.infer<typeof shadowAiSchema>;

/** Controls of the overview, in its order. */
const CONTROLS = [
  'CLA-SHA-13',
  'CLA-SHA-12',
  'CLA-SHA-03',
  'CLA-SHA-06',
  'CLA-SHA-08',
  'CLA-SHA-10',
] as const;
const MAX_PROBES = 200;

/** People, devices, networks and AI tools in one overview, with the remaining risks. */
export async function showShadowAi(context: HandlerContext): Promise<Shown> {
  const { services, client } = context;
  const run = await services.verdicts.run(client.id, 'shadowAi', undefined);
  if (run === null || run.result === null) throw notFound();
  const { claude, tools, logs, ...rest } = run.result;
  const board = await showBoard(context, {});
  const { verdicts } = await headsNow(context);
  const mayName = context.can('people.read');
  const named = <T extends { readonly names: readonly string[] }>(use: T) => ({
    ...use,
    names: mayName ? [...use.names] : null,
  });
  return {
    ...rest,
    logs,
    claude: claude === null ? null : named(claude),
    tools: tools.map(named),
    accounts: board.accounts === null ? null : { open: board.accounts.open, words: board.accounts.words },
    networks: await networksOf(context, logs.places),
    controls: CONTROLS.flatMap((id) => {
      const control = services.catalogue.controls.find((one) => one.id === id);
      const head = verdicts.find((one) => one.control === id);
      return control === undefined
        ? []
        : [{ control: id, title: control.title, state: head?.state ?? null, reason: head?.reason ?? null }];
    }),
    risks: board.items
      .filter(({ listed }) => listed)
      .map(({ risk, title, status, statusName, words, residual }) => ({
        risk,
        title,
        status,
        statusName,
        words,
        residual,
      })),
  };
}

/** Places that logs come from and places that were tested. A place counts as tested only under exactly its name. */
async function networksOf(context: HandlerContext, places: readonly string[]): Promise<Shown['networks']> {
  const probes = await context.read((tx) => networkProbes(tx, context.client.id, MAX_PROBES));
  const tested = new Map<string, Shown['networks'][number]>();
  const counted = probesThatCount(
    probes.filter(({ block }) => block === null),
    (at) => at.toISOString().slice(0, 10),
  );
  for (const { place, entry, probe } of lastsOf(counted)) {
    const key = place.trim().toLowerCase();
    // A single open way to Claude is decisive.
    if (tested.has(key) && !speaksAgainst(entry)) continue;
    tested.set(key, {
      place,
      inLogs: false,
      test: { at: probe.at.toISOString(), holds: !speaksAgainst(entry), person: probe.person },
    });
  }
  for (const place of places) {
    const key = place.trim().toLowerCase();
    tested.set(key, { place, test: tested.get(key)?.test ?? null, inLogs: true });
  }
  return [...tested.values()].toSorted((a, b) => (a.place < b.place ? -1 : 1));
}
// Guide: G0-05 G4-00 G4.1-03 G4.1-06

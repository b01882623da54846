import { paperOf } from '#domain/text/paper.ts';
import type { HandlerContext } from '../../context.ts';
import { PRINTING_MB, roomFor, runInProcess, shareOfMemory } from '../../foreign/index.ts';
import { asDownload, fileWord } from '../../shared/download.ts';
import { newLine } from '../../shared/in-line.ts';
import { comparePurchases, todayOf, type Wanted } from '../read.ts';
import type { PrintInput } from './view.ts';

const TITLE = 'What each upgrade would buy';

/** The comparison on two pages for the budget meeting. */
export async function printComparison(
  context: HandlerContext,
  input: Wanted & { readonly name?: string | undefined; readonly paper?: 'a4' | 'letter' | undefined },
) {
  const { client, actor, request } = context;
  const found = await comparePurchases(context, input);
  const { differences } = await todayOf(context);
  const title = input.name === undefined || input.name === '' ? TITLE : input.name;
  const view = {
    title,
    client: client.name,
    person: actor.name,
    day: found.day,
    paper: (input.paper ?? paperOf(client.timezone)) === 'letter' ? 'us-letter' : 'a4',
    found,
    differences,
  } as const;
  const bytes = await printInProcess(view, request.signal);
  return asDownload({
    name: `${fileWord(client.name)}-planner-${found.day}.pdf`,
    type: 'application/pdf',
    bytes,
  });
}

const MAX_HEAP_MB = 512;
const MAX_MS = 5 * 60_000;

/** One at a time, in a separate process, so that pages do not wait for someone's PDF. */
const inLine = newLine();

function printInProcess(input: PrintInput, signal: AbortSignal): Promise<Uint8Array> {
  return inLine(async () => {
    await roomFor(PRINTING_MB);
    const file = new URL('./print-worker.ts', import.meta.url);
    return runInProcess(file, input, { heapMb: shareOfMemory(MAX_HEAP_MB), maxMs: MAX_MS });
  }, signal);
}
// Guide: G1.1-14

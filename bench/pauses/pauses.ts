import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations } from '../../src/app/operations.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { openStore } from '../../src/store/open.ts';
import { type Filled, filledServer } from '../../tests/surfaces/filled.ts';
import type { Line } from '../console/console.ts';
import { largestBaseline } from './baselines.ts';
import { largestCharter } from './charters.ts';
import { largestClient } from './largest.ts';
import { requestOf, worstInputs } from './operations.ts';
import { outsideRequests } from './outside.ts';
import { type Sent, startSender } from './sender.ts';
import { logos, PACKED } from './uploads.ts';
import { longestPause, measureOfMachine } from './watch.ts';

/** Maximum pause for an input, in units of the machine's measure, which is about 2 ms. */
const ALLOWED = 100;
const SHOWN = 15;

/** Statuses that show that a request was stopped before what it was to measure, or crashed the server. */
const UNEXPECTED = (status: number) => status === 0 || [401, 403, 429].includes(status) || status >= 500;

/**
 * The longest pause of the server's main thread for each small malicious request by an attacker or a user. Pauses are
 * expressed in multiples of a fixed piece of work, because milliseconds on a busy machine mean little. Returns the
 * number of requests that did not get as far as intended: they measure nothing, so the run fails.
 */
export async function benchPauses(line: Line, note: (text: string) => void): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-pauses-'));
  const filled = await filledServer({ store: await openStore({ dataDir: null }), dataDir: folder });
  await filled.bylaw.app.listen({ port: 0, host: '127.0.0.1' });
  const sender = startSender((filled.bylaw.app.server.address() as AddressInfo).port);
  try {
    const unit = measureOfMachine();
    const found: { readonly what: string; readonly pause: number }[] = [];
    const missed: string[] = [];
    const probe = async (what: string, request: Sent, reached?: number) => {
      const { pause, result } = await longestPause(() => sender.send(request));
      found.push({ what, pause });
      // A request that was refused early does not measure the operation.
      if (reached === undefined ? UNEXPECTED(result.status) : result.status !== reached)
        missed.push(`${what}: ${result.status}${reached === undefined ? '' : ` instead of ${reached}`}`);
    };
    for (const connectors of [1, 60, 3_000])
      for await (const [what, request] of largestCharter(filled.bylaw, filled.slug, connectors))
        await probe(what, request, 200);
    for await (const [what, request, reached] of largestBaseline(filled.bylaw))
      await probe(what, request, reached);
    for await (const [what, request, reached] of outsideRequests(filled.bylaw, filled.slug))
      await probe(what, request, reached);
    for (const [what, request] of logos(filled.bylaw, filled.slug)) await probe(what, request);
    for (const [what, bytes] of Object.entries(PACKED)) {
      const [name = ''] = what.split(' ');
      const content = bytes();
      const draft = () =>
        importing(filled.bylaw, filled.bylaw.owner, filled.slug).draft([{ name, bytes: content }]);
      const { pause, result } = await longestPause(draft);
      found.push({ what, pause });
      if (result.state.state === 'failed') missed.push(`${what}: ${result.state.problem}`);
    }
    for await (const [what, request] of largestClient(filled, join(folder, 'large')))
      await probe(what, request);
    await probeOperations(filled, probe);
    found.sort((a, b) => b.pause - a.pause);
    note(
      `${found.length} requests. The measure of this machine takes ${unit.toFixed(1)} ms; a pause may take ${ALLOWED} of it.`,
    );
    for (const one of missed) note(`Not reached: ${one}`);
    for (const { what, pause } of found.slice(0, SHOWN))
      line(`Pause: ${what}`, pause / unit, 'times the measure', ALLOWED);
    return missed.length;
  } finally {
    await sender.close();
    await filled.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function probeOperations(
  { bylaw, inputOf }: Filled,
  probe: (what: string, request: Sent) => Promise<void>,
): Promise<void> {
  const headers = {
    cookie: bylaw.owner.cookie,
    origin: bylaw.services.config.origin,
    'accept-encoding': 'br, gzip',
  };
  for (const operation of operations()) {
    if (operation.meta.transport === 'stream' || operation.path.join('.') === 'backup.download') continue;
    let sample: Readonly<Record<string, unknown>>;
    try {
      sample = inputOf(operation);
    } catch {
      continue;
    }
    if (operation.method === 'GET') {
      await probe(`${operation.path.join('.')}`, requestOf(operation, sample, headers, null));
      continue;
    }
    for (const { what, input } of worstInputs(operation, sample))
      await probe(what, requestOf(operation, input, headers, null));
  }
}

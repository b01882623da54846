import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

export interface Load {
  readonly origin: string;
  readonly cookie: string;
  /** Paths requested in sequence, each at its scheduled time, regardless of earlier responses. */
  readonly paths: readonly string[];
  readonly perSecond: number;
  /** Header `accept-encoding` as browsers send it. */
  readonly encoding?: string;
}

export interface Answer {
  readonly path: string;
  readonly status: number;
  /** From the scheduled time to the last byte, so that a server that falls behind is noticed. */
  readonly ms: number;
}

/** Sends requests at a constant rate, like many independent users. */
export async function openLoop({
  origin,
  cookie,
  paths,
  perSecond,
  encoding = 'br, gzip',
}: Load): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const began = performance.now();
  const answers: Promise<Answer>[] = [];
  for (const [index, path] of paths.entries()) {
    const due = began + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    answers.push(ask(agent, origin, cookie, encoding, path, due));
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
}

/** Sends one request and waits for the last byte of its response. */
export async function once(origin: string, cookie: string, path: string): Promise<Answer> {
  const agent = new Agent();
  const answer = await ask(agent, origin, cookie, 'br, gzip', path, performance.now());
  agent.destroy();
  return answer;
}

function ask(
  agent: Agent,
  origin: string,
  cookie: string,
  encoding: string,
  path: string,
  due: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${path}`,
      { agent, headers: { cookie, 'accept-encoding': encoding } },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          resolve({ path, status: answer.statusCode ?? 0, ms: performance.now() - due }),
        );
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** The quantile `part` (0 to 1) of the numbers. */
export function percentile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

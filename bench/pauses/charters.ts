import type { TestConsole } from '../../src/server/testing/console.ts';
import type { Sent } from './sender.ts';

const ACTIONS = 3_000;
/** A charter may have 1,000 exceptions; two are in other parts of the draft. */
const EXCEPTIONS = 998;
/** Number of effects that fit next to 3,000 connectors, since a request is limited to 20,000 values. */
const EFFECTS = 2_400;

/** The largest accepted charter: drafted, shown, compared, written, and tried out. */
export async function* largestCharter(
  { owner, services }: TestConsole,
  slug: string,
  connectors: number,
): AsyncGenerator<readonly [what: string, request: Sent]> {
  const drafts = `/clients/${slug}/charter/drafts`;
  const made = await owner.call('POST', drafts, {
    title: `Largest of ${connectors}`,
    reason: 'To be measured',
  });
  if (made.status !== 201) throw new Error(`no draft was made: ${made.status} ${made.bytes}`);
  const ask = (what: string, method: string, path: string, body: object | null): readonly [string, Sent] => [
    `${what} of ${ACTIONS} actions in ${connectors} connectors`,
    {
      method,
      path: `/api/v1${path}`,
      headers: {
        cookie: owner.cookie,
        origin: services.config.origin,
        'accept-encoding': 'br, gzip',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body: body === null ? null : Buffer.from(JSON.stringify(body)),
    },
  ];
  const draft: string = made.body.draft;
  // In two requests, because together they exceed the number of values for one.
  let version: number = made.body.version;
  for (const [part, value] of Object.entries(partsOf(connectors))) {
    yield ask(`put down the ${part}`, 'PATCH', `${drafts}/${draft}`, { version, parts: { [part]: value } });
    version += 1;
  }
  yield ask('show the draft', 'GET', `${drafts}/${draft}`, null);
  yield ask('try the draft', 'GET', `${drafts}/${draft}/effect`, null);
  yield ask('compare the draft', 'GET', `/clients/${slug}/charter/diff?from=current&to=${draft}`, null);
  yield ask('show the matrix of the draft', 'GET', `/clients/${slug}/connectors/matrix?draft=${draft}`, null);
}

function partsOf(connectors: number) {
  const each = ACTIONS / connectors;
  const withEffects = connectors === ACTIONS ? EFFECTS : ACTIONS;
  const list = Array.from({ length: connectors }, (_, at) => {
    const names = Array.from({ length: each }, (__, n) => `tool_${at}_${n}`);
    return {
      name: `Server ${at}`,
      kind: 'custom',
      actions: Object.fromEntries(names.map((name) => [name, 'allow'])),
      ...(at < withEffects ? { effects: Object.fromEntries(names.map((name) => [name, 'send'])) } : {}),
    };
  });
  const cells = list.flatMap(({ name, actions }) =>
    Object.keys(actions).map((action) => ({ connector: name, action })),
  );
  return {
    connectors: list,
    invariantExceptions: cells
      .slice(0, EXCEPTIONS)
      .map((cell) => ({ ...cell, until: '2026-01-31', reason: 'It is measured' })),
  };
}

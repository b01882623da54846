import { inForce } from '../../src/features/baselines/testing.ts';
import type { TestConsole } from '../../src/server/testing/console.ts';
import type { Sent } from './sender.ts';

/** Maximum length of a baseline's YAML, in characters. */
const CHARACTERS = 200_000;

/**
 * Length of a text that consists only of keys, in characters. Checking more of them for duplicates exceeds the time
 * limit of the thread.
 */
const KEYS = 50_000;

const HEAD = (name: string) =>
  `name: ${name}\npurpose: To be measured\nmeantFor: { claudePlans: [team] }\ncharter:\n`;

/** Baselines that are refused for as many reasons as fit. */
const WRONG: Readonly<Record<string, string>> = {
  'keys that are not known': lines('  x', ': a', KEYS),
  'connectors without actions': `  connectors:\n${lines('    - {name: s', '}')}`,
  'permissions that are not known': `  connectors:\n    - name: a\n      actions:\n${lines('        a', ': b', KEYS)}`,
  'placeholders that are not known': `  inviteDomains:\n${lines('    - "{n', '}"')}`,
  'values of the wrong kind': `  inviteDomains:\n${lines('    - [', ']')}`,
};

const many = <T>(length: number, one: (at: number) => T) => Array.from({ length }, (_, at) => one(at));

/** Parts of a charter that reach or exceed the size limit of a baseline once written. */
const PARTS: Readonly<Record<string, () => unknown>> = {
  'many values': () => many(19_000, (at) => `v${at}`),
  'as many values as fit': () => many(15_000, (at) => `v${at}`),
  'many groups': () => many(4_500, (at) => ({ a: at, b: '', c: null })),
  'long values': () => many(18, () => 'a: "b" '.repeat(7_000)),
  'one long value': () => 'ä\n: '.repeat(190_000),
  'lines of one value': () => '\n- a'.repeat(40_000),
};

/** Number of connectors, and of actions in each. */
const SIZES = [
  [3_000, 1],
  [1_500, 2],
  [60, 50],
  [1, 3_000],
] as const;

function lines(before: string, after: string, length = CHARACTERS - 1_000): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) text += `${before}${at}${after}\n`;
  return text;
}

function connectorsIn(of: string, connectors: number, each: number): string {
  const list = Array.from({ length: connectors }, (_, at) => {
    const actions = Array.from({ length: each }, (__, n) => `a${n}: allow`).join(', ');
    return `    - { name: ${of}${at}, actions: { ${actions} } }`;
  });
  return `  connectors:\n${list.join('\n')}\n`;
}

const connectorsOf = (of: string, connectors: number, each: number) =>
  Array.from({ length: connectors }, (_, at) => ({
    name: `${of}${at}`,
    actions: Object.fromEntries(Array.from({ length: each }, (__, n) => [`a${n}`, 'allow'])),
  }));

/** The largest accepted baselines, compared with a client whose charter has as many other connectors. */
export async function* largestBaseline(bylaw: TestConsole): AsyncGenerator<readonly [string, Sent, number]> {
  const { owner, services, client } = bylaw;
  const ask = (method: string, path: string, body: object | null): Sent => ({
    method,
    path: `/api/v1${path}`,
    headers: {
      cookie: owner.cookie,
      origin: services.config.origin,
      'accept-encoding': 'br, gzip',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body: body === null ? null : Buffer.from(JSON.stringify(body)),
  });
  for (const [what, text] of Object.entries(WRONG))
    yield [`a baseline with ${what}`, ask('POST', '/baselines', { yaml: HEAD('Wrong') + text }), 400];
  for (const [connectors, each] of SIZES) {
    const of = `of ${connectors} connectors`;
    const yaml = HEAD(`Largest ${of}`) + connectorsIn('s', connectors, each);
    yield [
      `make a baseline ${of}`,
      ask('POST', '/baselines', { yaml: yaml.replace('Largest', 'First') }),
      201,
    ];
    const made = await owner.call('POST', '/baselines', { yaml });
    if (made.status !== 201) throw new Error(`no baseline was made: ${made.status} ${made.bytes}`);
    const path = `/baselines/${made.body.id}`;
    const { id, slug } = await client(`Beside ${connectors}`);
    const chosen = { clients: [slug], rows: [] };
    yield [`try a baseline ${of}`, ask('POST', `${path}/preview`, chosen), 201];
    yield [
      `apply a baseline ${of}`,
      ask('POST', `${path}/apply`, { ...chosen, version: 1, reason: 'Measured' }),
      201,
    ];
    await inForce(bylaw, id, { connectors: connectorsOf('c', connectors, each) });
    yield [`try a baseline ${of} beside as many`, ask('POST', `${path}/preview`, chosen), 201];
    yield [`show a baseline ${of}`, ask('GET', path, null), 200];
    yield [`the differences from a baseline ${of}`, ask('GET', `${path}/differences`, null), 200];
    for (const format of ['csv', 'xlsx', 'json'])
      yield [
        `the differences from a baseline ${of} as ${format}`,
        ask('GET', `${path}/differences/export?format=${format}`, null),
        200,
      ];
    const charter = { connectors: connectorsOf('s', connectors, each).slice(1) };
    yield [`change a baseline ${of} by its parts`, ask('PUT', path, { version: 1, charter }), 200];
    yield [`change a baseline ${of}`, ask('PUT', path, { version: 2, yaml }), 200];
    yield ['the list of baselines', ask('GET', '/baselines', null), 200];
  }
  const { body } = await owner.call('POST', '/baselines', { yaml: `${HEAD('Parts')}  maxOwners: 1\n` });
  for (const [what, part] of Object.entries(PARTS))
    yield [
      `a change of a baseline by ${what}`,
      ask('PUT', `/baselines/${body.id}`, { version: 1, charter: { connectors: part() } }),
      400,
    ];
}

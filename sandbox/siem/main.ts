/*
 * `node sandbox/siem/main.ts`: local receivers for what Bylaw sends, each on its own port. Prints what to enter for
 * each, and then one line per request. Needs no account, and nothing leaves the machine. It starts every `TRIALS`
 * export of the files in this folder.
 */
import { globSync } from 'node:fs';
import type { Asked, Trial } from './receiver.ts';

const FIRST_PORT = 7788;
const WIDTH = 28;

const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => file !== 'main.ts');
const modules: { readonly TRIALS?: readonly Trial[] }[] = await Promise.all(
  files.sort().map((file) => import(`./${file}`)),
);
const trials = modules.flatMap(({ TRIALS = [] }) => TRIALS);

for (const [at, { name, start, enter }] of trials.entries()) {
  const fault = ({ path, raw, body }: Asked) => {
    console.log(`${new Date().toISOString()} ${name} ${path}: ${raw.length} bytes, ${body.length} unpacked`);
    return null;
  };
  const { url } = await start({ fault, port: FIRST_PORT + at });
  const [first = '', ...more] = [`${url}`, ...(enter?.(url) ?? [])];
  console.log(`${name.padEnd(WIDTH)} ${first}`);
  for (const line of more) console.log(`${''.padEnd(WIDTH)} ${line}`);
}
console.log('Start Bylaw with BYLAW_ALLOW_PRIVATE_HOSTS=127.0.0.1 and add a sink. Ctrl-C ends this.');

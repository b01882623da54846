import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Ended } from './server-process.ts';

/**
 * Runs a command of the command line inside this process, which takes a third of the time of a separate process, with
 * its own working directory, environment and standard input, none of which is a terminal. What only a process can show,
 * such as a closed pipe, is tested with `bin/bylaw.js`. Only one command may run at a time.
 */
export async function command(
  words: readonly string[],
  {
    folder,
    environment,
    stdin = '',
  }: {
    readonly folder: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly stdin?: string;
  },
): Promise<Ended> {
  const [out, err] = [collected(), collected()];
  const { exitCode } = process;
  const before = { env: process.env, cwd: process.cwd() };
  const restore = [
    inPlace('stdout', out.stream),
    inPlace('stderr', err.stream),
    inPlace('stdin', Readable.from(stdin === '' ? [] : [Buffer.from(stdin)])),
  ];
  try {
    process.chdir(folder);
    process.env = { ...environment };
    process.exitCode = undefined;
    await run(words);
    return { code: Number(process.exitCode ?? 0), out: out.text(), err: err.text() };
  } finally {
    process.exitCode = exitCode;
    process.env = before.env;
    process.chdir(before.cwd);
    for (const back of restore) back();
  }
}

function inPlace(name: 'stdout' | 'stderr' | 'stdin', stream: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { value: stream, configurable: true });
  return () => void (before !== undefined && Object.defineProperty(process, name, before));
}

function collected(): { stream: Writable; text(): string } {
  const pieces: Buffer[] = [];
  return {
    stream: new Writable({
      decodeStrings: true,
      write(piece: Buffer, _encoding, done) {
        pieces.push(piece);
        done();
      },
    }),
    text: () => Buffer.concat(pieces).toString('utf8'),
  };
}

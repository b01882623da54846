import { spawnSync } from 'node:child_process';

/** Whether a program is available to a test; if not, the test is skipped and names it. */
export function installed(program: string, args: readonly string[] = ['--version']): boolean {
  const { error } = spawnSync(program, [...args], { stdio: 'ignore' });
  return error === undefined;
}

/** Runs a program with input bytes or arguments and returns its output; throws with its error output. */
export function run(program: string, args: readonly string[], input?: Uint8Array): string {
  const result = spawnSync(program, [...args], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    ...(input === undefined ? {} : { input }),
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

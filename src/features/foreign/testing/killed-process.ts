import { existsSync, writeFileSync } from 'node:fs';
import { makeOnce } from '../../shared/make-once.ts';

/** A process killed as the kernel does when memory runs out: only the first time, or always. */
makeOnce(({ seen, always }: { readonly seen: string; readonly always: boolean }) => {
  if (always || !existsSync(seen)) {
    writeFileSync(seen, '');
    process.kill(process.pid, 'SIGKILL');
  }
  return Buffer.from('made');
});

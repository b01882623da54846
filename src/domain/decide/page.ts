import type { DocumentOf, Evidence } from '../model/reading.ts';
import type { Page } from '../model/rule.ts';

/** A charter or journal as rules see it: its content with its lines as evidence, or why there is none. */
export function page<T>(
  kind: 'charter' | 'journal',
  written: DocumentOf<T> | null,
  today: string,
  unusable?: string,
  ahead = false,
): Page<T> {
  if (!written) {
    const code = ahead ? 'ahead' : unusable === undefined ? 'not_given' : 'unusable';
    return { ok: false, of: kind, code, why: unusable ?? `No ${kind} was given.` };
  }
  return {
    ok: true,
    value: written.value,
    ...(written.leftOut === undefined ? {} : { leftOut: written.leftOut }),
    cite: (path, says): Evidence => {
      const elsewhere = nearest(written.elsewhere ?? {}, path);
      const line = elsewhere === undefined ? nearest(written.lines, path) : undefined;
      return {
        kind,
        file: elsewhere ?? written.file,
        ...(line === undefined ? {} : { row: line }),
        observedOn: today,
        says,
      };
    },
  };
}

/** Evidence for the path, or for its closest ancestor that has any. */
function nearest<T>(said: Readonly<Record<string, T>>, path: string): T | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const value = said[at];
    if (value !== undefined) return value;
  }
  return undefined;
}

import type { CompiledRules } from './compile.ts';
import type { Finding } from './finding.ts';

/** Replaces each finding in a text with its type. `findings`: of this text, by position. */
export function maskText(text: string, findings: readonly Finding[], rules: CompiledRules): string {
  const parts: string[] = [];
  let at = 0;
  for (const { rule, start, end } of findings) {
    parts.push(text.slice(at, start), `[${rules.rules.get(rule)?.title ?? rule}]`);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

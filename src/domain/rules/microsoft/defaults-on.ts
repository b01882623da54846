import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';

/**
 * Security defaults that a file of that day or later shows to be on, as a clause after "since then": they and enabled
 * Conditional Access policies exclude each other in Entra. null: no file shows it.
 */
export function defaultsOnSince(
  context: CheckContext,
  day: string,
): { readonly words: string; readonly evidence: readonly Evidence[] } | null {
  const defaults = context.read('security_defaults');
  if (!defaults.ok || defaults.observedOn < day) return null;
  const row = defaults.rows.find(({ enabled }) => enabled === true);
  return row === undefined
    ? null
    : {
        words: `security defaults were seen to be on (${dayWords(defaults.observedOn)}), and while they are, no Conditional Access policy is`,
        evidence: [defaults.cite(row, 'on')],
      };
}

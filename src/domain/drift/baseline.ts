import type { Control } from '../model/catalogue.ts';
import type { Verdict } from '../model/verdict.ts';
import { questionText } from '../text/message.ts';
import { restoreByProof } from './restore.ts';
import { addDeviation, type SettingsOut } from './settings-drift.ts';

/** Something that can be connected besides connectors, with the control that reads it. */
export interface OtherSubject {
  readonly key: string;
  readonly label: string;
  readonly control: Control;
  readonly verdict: Verdict;
  readonly restore: string;
}

/**
 * Compares desktop extensions and local servers with a baseline of none. Their controls read them, so whatever the
 * controls cannot read is neither drift nor resolved.
 */
export function compareWithNothing(subjects: readonly OtherSubject[], out: SettingsOut): void {
  for (const { key, label, control, verdict, restore } of subjects) {
    const { state, evidence, items } = verdict;
    const [first] = evidence;
    switch (state) {
      case 'pass':
        out.same += 1;
        out.status.set(key, {
          how: 'conforms',
          words: verdict.reason,
          evidence: first ?? null,
          at: null,
        });
        break;
      case 'fail':
      case 'accepted':
      case 'pending':
        addDeviation(out, {
          key,
          subject: 'setting',
          system: 'Desktop',
          label,
          direction: 'wider',
          urgency: 'urgent',
          words: verdict.reason,
          effect: null,
          charter: 'None',
          observed: items.length === 0 ? 'Open' : `${items.length} allowed`,
          state: null,
          wanted: null,
          width: Math.max(1, items.length),
          on: first?.observedOn ?? '',
          notCovered: false,
          evidence,
          cause: { known: false, why: 'The reading does not say who it was.' },
          invariant: null,
          listed: [{ control: control.id, keys: items.map((one) => one.key), states: {} }],
          restore: restoreByProof(
            control,
            restore,
            'To prove it: import a later reading, or state what you see on the page of the control.',
          ),
          row: null,
          amend: null,
        });
        break;
      case 'not_applicable':
        break;
      default:
        out.unread.push({
          key,
          label,
          why: verdict.reason,
          question:
            questionText(verdict.asks, 'console') ??
            'Look, and state what you see on the page of the control.',
        });
    }
  }
}
// Guide: G2.2-16

import type { Control } from '#domain/model/catalogue.ts';
import { SEVERITIES, type Verdict } from '#domain/model/verdict.ts';
import { names, sentence, verb } from '#domain/text/words.ts';
import type { Board } from './model.ts';

type Finding = Board['findings'][number];
type FindingText = Pick<Finding, 'headline' | 'rest'>;

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** "Three", for the beginning of a sentence; digits above ten. */
export function numberWords(n: number): string {
  return NUMBERS[n] ?? n.toLocaleString('en');
}

/** Each failing control as a statement of what is wrong, the most severe first. */
export function findingsOf(
  controls: readonly Control[],
  verdicts: readonly Verdict[],
  leavers: ReadonlySet<string>,
): Finding[] {
  const byId = new Map(controls.map((control) => [control.id, control]));
  return verdicts
    .flatMap((verdict) => {
      const control = byId.get(verdict.control);
      const { state, code, items } = verdict;
      if (control === undefined || (state !== 'fail' && state !== 'policy_only')) return [];
      const wording =
        state === 'fail'
          ? wrong(control, verdict, leavers)
          : {
              headline: control.board.policyOnly ?? `Only the policy covers this: ${control.title}`,
              rest: '',
            };
      return [
        {
          order: rank(control, state),
          control: control.id,
          state,
          code,
          listed: items.length,
          ...wording,
          action: control.action,
        },
      ];
    })
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...finding }) => finding);
}

function rank({ severity }: Control, state: 'fail' | 'policy_only'): number {
  return (state === 'fail' ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(severity);
}

function wrong({ board }: Control, { code, items }: Verdict, leavers: ReadonlySet<string>): FindingText {
  if (code === 'accounts.seats_are_staff.left_or_unknown')
    return leftOrUnknown(items.filter(({ key }) => leavers.has(key)).length, items.length);
  const words = items.length === 0 ? undefined : items.length === 1 ? board.one : board.many;
  if (words === undefined) return { headline: board.wrong, rest: '' };
  return { headline: filled(words, items), rest: '' };
}

function leftOrUnknown(left: number, listed: number): FindingText {
  const unknown = listed - left;
  const others = `${numberWords(unknown)} ${verb(unknown, 'person', 'people')}`;
  if (left === 0)
    return {
      headline: `${others} who ${verb(unknown, 'is', 'are')} not on the staff list can open Claude`,
      rest: '',
    };
  return {
    headline: `${numberWords(left)} former staff${left === 1 ? ' member' : ''} can still open Claude`,
    rest:
      unknown === 0
        ? ''
        : `${numberWords(unknown)} more ${verb(unknown, 'person', 'people')} with a seat ${verb(unknown, 'is', 'are')} not on the staff list.`,
  };
}

/** Longer than any connector with one of its actions in the catalogue, so that only what a client wrote is cut. */
const MAX_NAME_LENGTH = 100;

/** Cut between words, with a quotation that it cuts closed. */
export function shortened(label: string): string {
  const letters = [...label];
  if (letters.length <= MAX_NAME_LENGTH) return label;
  const cut = letters.slice(0, MAX_NAME_LENGTH - 1).join('');
  const whole = /\s\S*$/u.test(cut) ? cut.replace(/\s+\S*$/u, '') : cut;
  const open = whole.split('“').length > whole.split('”').length;
  return `${whole}…${open ? '”' : ''}`;
}

function filled(words: string, items: Verdict['items']): string {
  const labels = items.map(({ label }) => shortened(label));
  return sentence(
    words.replace('{n}', () => numberWords(items.length)).replace('{names}', () => names(labels)),
  );
}

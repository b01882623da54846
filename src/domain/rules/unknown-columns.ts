import { KINDS, type Kind } from '../model/kinds.ts';
import { fieldWords } from '../model/row-keys.ts';
import type { CheckContext, Current, Rule } from '../model/rule.ts';
import type { Outcome } from '../model/verdict.ts';
import { ask } from '../text/message.ts';
import { names, sentence } from '../text/words.ts';
import { because } from './outcome.ts';

/** A field that a rule needs and that an unknown column of a current file may contain. */
export interface UnknownColumn {
  readonly kind: Kind;
  readonly field: string;
  /** The question, as the rule's outcome. */
  readonly outcome: Outcome;
}

/**
 * The questions to ask before a rule with these needs decides: which unknown column of a current file contains a field
 * that it needs. If no column could contain the field, the rule itself decides what that means.
 */
export function unknownColumns(needs: Rule['needs'], context: CheckContext): readonly UnknownColumn[] {
  const found: UnknownColumn[] = [];
  for (const kind of Object.keys(needs ?? {}) as Kind[]) {
    const fields: readonly string[] = needs?.[kind] ?? [];
    const current = context.read(kind);
    if (!current.ok) continue;
    for (const { asks = [], file } of current.readings) {
      for (const asked of asks.filter(({ field }) => fields.includes(field))) {
        const columns = asked.columns.map((column) => `“${column}”`);
        const [first = ''] = asked.columns;
        const one = asked.columns.length === 1;
        const outcome = because(
          'unknown_columns.which_column',
          `${sentence(`the ${KINDS[kind].label}`)} has no column that is known to hold “${fieldWords(asked.field)}”, and ${one ? `${columns[0]} may be that column` : `one of ${names(columns, columns.length)} may be that column`}: ${file}.`,
          { kind, field: asked.field },
        ).cannotRead(
          ask(
            'source',
            kind,
            `Say what ${one ? 'the column' : 'the columns'} ${names(columns, columns.length)} of ${file} ${one ? 'holds' : 'hold'}: in the console under Imports, or with --map ${kind}.${asked.field}="${first}", or --map ${kind}.ignore="${first}" if it is something else.`,
            [file, ...columns],
          ),
          current.evidence,
        );
        found.push({ kind, field: asked.field, outcome });
      }
    }
  }
  return found;
}

/**
 * Whether a field of a kind has no known column but an unknown column may contain it: a missing value then says
 * nothing.
 */
export function isAsked(current: Current<Kind>, field: string): boolean {
  return current.ok && current.readings.some(({ asks = [] }) => asks.some((asked) => asked.field === field));
}

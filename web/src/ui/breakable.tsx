import { Fragment, type ReactNode } from 'react';
import { breakablePieces } from '../../../src/domain/text/breakable.ts';

/** The content of a table's cell: plain text may break as {@link Breakable} does, anything else is as it is. */
export function breakableCell(content: ReactNode): ReactNode {
  return typeof content === 'string' ? <Breakable text={content} /> : content;
}

/** An address or a name without blanks in a narrow column: its lines end after an @, a dot or a dash, not within a word. */
export function Breakable({ text }: { text: string }) {
  return breakablePieces(text).map((piece, at) => (
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {piece}
    </Fragment>
  ));
}

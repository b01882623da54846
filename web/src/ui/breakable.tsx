import { Fragment } from 'react';
import { breakablePieces } from '../../../src/domain/text/breakable.ts';

/** An address or a name without blanks in a narrow column: its lines end after an @, a dot or a dash, not within a word. */
export function Breakable({ text }: { text: string }) {
  return breakablePieces(text).map((piece, at) => (
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {piece}
    </Fragment>
  ));
}

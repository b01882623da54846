import { count } from '../../../../src/domain/text/words.ts';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { Part } from './part.tsx';
import type { Tenant } from './words.ts';

/** Which people with a seat in Claude have the licenses that the guide's policies require. */
export function LicensedCard({ licensed: { read, seats, plans } }: { licensed: Tenant['licensed'] }) {
  return (
    <Part
      title="Licenses of people with a seat"
      read={read}
      flush
      aside={seats === null ? undefined : count(seats, 'person', 'people')}
      foot="Based on each account’s licenses, including group-based ones; a service plan that is switched off does not count."
    >
      <Lines label="Licenses of people" head="45%">
        {plans.map(({ capability, title, have, lack, unknown }) => (
          <Line key={capability} head={<h3>{title}</h3>}>
            {lack.length + unknown.length === 0 ? (
              <p>
                {have} of {have} have it.
              </p>
            ) : (
              <VerdictMark state="cannot_read">
                {have} have it, {lack.length} do not
                {unknown.length === 0 ? '' : `, ${unknown.length} not known`}
              </VerdictMark>
            )}
            <Names people={lack} what="Without it" of={title} />
            <Names people={unknown} what="Not known" of={title} />
          </Line>
        ))}
      </Lines>
    </Part>
  );
}

function Names({ people, what, of }: { people: readonly string[]; what: string; of: string }) {
  if (people.length === 0) return null;
  return (
    <Fold
      summary={
        <>
          {what}: {people.length}
          <span className="hidden-text">: {of}</span>
        </>
      }
    >
      <p className="wraps">{people.join(', ')}</p>
    </Fold>
  );
}

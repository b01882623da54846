import { count, names } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { Connector } from './microsoft-connector-page.tsx';

/** Who could link the connector from any Claude account, even a personal one, and what prevents the others. */
export function LinkersCard({ data: { linkers } }: { data: Connector }) {
  return (
    <Card
      title="Who could link it from any Claude account"
      foot="Every Claude plan offers the connector. Entra sees the person, not the Claude account, so a personal account works as well."
    >
      {linkers === null ? (
        <VerdictMark state="cannot_read">
          Applications, their permissions or users were not read, or only a part of them, such as a filtered
          list; or the connector is not in Entra.
        </VerdictMark>
      ) : (
        <Stack gap="sm">
          {/* If nothing is known about anyone, a count of 0 would suggest that nobody can. */}
          {linkers.unknown === linkers.of ? null : (
            <p>
              {linkers.count} of {count(linkers.of, 'person', 'people')}
              {linkers.count === 0 ? '' : `, ${linkers.withoutSeat} of them without a seat here`}.
            </p>
          )}
          <p>
            {CONSENT[linkers.consent]}{' '}
            {linkers.assignment === null
              ? 'It is not known whether assignment is required.'
              : linkers.assignment
                ? 'Only assigned people can sign in to it.'
                : 'Assignment is not required, so nothing else stops anyone.'}
          </p>
          {linkers.unknown === 0 ? null : (
            <VerdictMark state="cannot_read">
              Not known for {linkers.unknown === linkers.of ? 'any of ' : ''}
              {count(linkers.unknown, 'person', 'people')}: who is assigned, or who is in an assigned group,
              was not read.
            </VerdictMark>
          )}
          {linkers.names.length === 0 ? null : (
            <Fold summary="Who they are">
              <p>
                {names(linkers.names, linkers.names.length)}
                {linkers.count > linkers.names.length
                  ? `, and ${linkers.count - linkers.names.length} more`
                  : ''}
              </p>
            </Fold>
          )}
        </Stack>
      )}
    </Card>
  );
}

const CONSENT = {
  everyone: 'Consent was given for everyone.',
  people: 'Consent was given person by person; others can link it if Entra lets people consent themselves.',
  none: 'No one has consented so far; people can link it if Entra lets them consent themselves.',
} as const;
// Guide: G3.2-00

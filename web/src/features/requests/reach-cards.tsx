import { dataWords, managedAuthWords, verifiedDomainWords } from '../../../../src/domain/connectors/words.ts';
import { dayWords, sentence } from '../../../../src/domain/text/words.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import type { Request } from './words.ts';

const yes = (value: boolean | null, unknown: string) => (value === null ? unknown : value ? 'Yes' : 'No');

/** What Claude would reach through it. What is unknown is stated, and counts as a yes. */
export function ReachCard({ request: { reach, vendor } }: { request: Request }) {
  return (
    <Card title="What it would reach">
      <Facts
        facts={[
          [
            'Kinds of data',
            vendor === null ? 'Not known: it is not in the catalogue' : dataWords(reach.dataClasses),
          ],
          ['Data about members', yes(reach.memberData, 'Not known, so treated as yes')],
          ['Could change something', yes(reach.writes, 'Not known, so treated as yes')],
          ['Membership system', reach.ams ? 'Counts as one' : 'No'],
          ['Sensitivity', reach.sensitivity === null ? 'Not stated' : sentence(reach.sensitivity)],
          [
            'Actions',
            reach.actions.length === 0
              ? 'Not known'
              : reach.actions.map((one) => `${one.count} ${one.effect}`).join(', '),
          ],
        ]}
      />
    </Card>
  );
}

/** The vendor's statements, with the day on which they were read; for a custom server, Claude's egress addresses. */
export function VendorCard({ request: { vendor, egress } }: { request: Request }) {
  return (
    <>
      <Card
        title="What the vendor says"
        foot={vendor === null ? undefined : <SourceLinks sources={vendor.sources} />}
      >
        {vendor === null ? (
          <p className="muted">It is not in the catalogue, so there is nothing from its vendor.</p>
        ) : (
          <Facts
            facts={[
              [
                'In the directory',
                vendor.directory === 'confirmed'
                  ? 'Yes'
                  : vendor.directory === 'no'
                    ? 'No'
                    : 'No entry was found',
              ],
              ['Verified domain', verifiedDomainWords(vendor.verifiedDomain)],
              ['Managed sign-in', managedAuthWords(vendor.managedAuth)],
              ['Limits', vendor.limits === null ? 'The vendor does not say' : vendor.limits.join(' ')],
            ]}
          />
        )}
      </Card>
      {egress === null ? null : (
        <Card
          title="IP addresses Claude connects from"
          foot={
            <>
              As of {dayWords(egress.asOf)}. <SourceLinks sources={egress.sources} />
            </>
          }
        >
          <Stack as="ul">
            {egress.now.map((range) => (
              <li key={range}>
                <CopyValue value={range} name="the range" />
              </li>
            ))}
          </Stack>
        </Card>
      )}
    </>
  );
}

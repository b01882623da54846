import { count } from '../../../../src/domain/text/words.ts';
import { useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import type { Connector } from './microsoft-connector-page.tsx';

type People = NonNullable<Connector['people']>;

/** People who granted the connector a permission for themselves; an incident can be opened from each unexpected one. */
export function GrantsCard({ slug, data: { people } }: { slug: string; data: Connector }) {
  if (people === null || people.count === 0) return null;
  const { withoutSeat, unknown, list } = people;
  const open = list.filter(({ seat, enabled }) => seat !== true || enabled === false);
  const rest = list.filter((one) => !open.includes(one));
  return (
    <Card
      title="Permissions people granted for themselves"
      aside={`${withoutSeat} of ${people.count} without a seat`}
      foot="Someone without a seat here can only have linked the connector from a Claude account outside this organization."
    >
      <Stack gap="md">
        <p>
          {count(people.count, 'permission')} from individual people; {withoutSeat} from people without a seat
          in Claude here
          {unknown === 0 ? '' : `, and for ${unknown} it is not known`}.
        </p>
        {list.length === 0 || list.length >= people.count ? null : (
          <p className="muted">
            {list.length} of {people.count} are listed, those without a seat first.
          </p>
        )}
        {open.length === 0 ? null : <Grants slug={slug} list={open} label="Permissions to check" />}
        {rest.length === 0 ? null : (
          <Fold summary="People with a seat" beside={count(rest.length, 'permission')}>
            <Grants slug={slug} list={rest} label="Permissions of people with a seat" />
          </Fold>
        )}
      </Stack>
    </Card>
  );
}

function Grants({ slug, list, label }: { slug: string; list: People['list']; label: string }) {
  const lead = useMay('incidents.lead');
  return (
    <Lines label={label} head="55%">
      {list.map((one) => (
        <Line
          key={one.key}
          head={
            <>
              <p className="wraps">{one.name ?? one.person}</p>
              <p className="muted wraps">
                {one.name === null ? '' : `${one.person}, `}
                {one.app}: {one.scopes.join(', ')}
              </p>
            </>
          }
        >
          <VerdictMark
            state={one.enabled === false || one.seat === false ? 'fail' : one.seat ? 'pass' : 'cannot_read'}
          >
            {one.seat === null ? 'Seat not known' : one.seat ? 'Holds a seat' : 'No seat here'}
            {one.enabled === false ? ', account disabled' : ''}
          </VerdictMark>
          {lead ? (
            <LinkButton
              href={`/c/${slug}/incidents?open=yes&type=unauthorized_access&grant=${encodeURIComponent(one.key)}&person=${encodeURIComponent(one.person)}`}
            >
              Open an incident
              <span className="hidden-text">: {one.name ?? one.person}</span>
            </LinkButton>
          ) : null}
        </Line>
      ))}
    </Lines>
  );
}
// Guide: G7.2-01

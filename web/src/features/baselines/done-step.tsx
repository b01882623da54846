import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './baselines.module.css';
import { type Applied, clientsWords, type Shown } from './words.ts';

/** The result, with a link to each client. */
export function DoneStep({ baseline, applied }: { baseline: Shown; applied: Applied }) {
  const drafts = applied.applied.filter(({ draft }) => draft !== null).length;
  return (
    <Stack gap="lg">
      <Card title={`Applied to ${clientsWords(applied.total)}`}>
        <Stack as="ul" gap="xs">
          <li>
            {applied.created === 0
              ? 'No new client was created.'
              : `${clientsWords(applied.created)} created.`}
          </li>
          <li>
            {drafts === 0
              ? 'No draft was needed.'
              : `${drafts} ${drafts === 1 ? 'draft is waiting' : 'drafts are waiting'} for approval in the clients’ charters.`}
          </li>
          <li>
            Record {applied.record} in the audit log of the workspace, and one in the log of each client.
          </li>
        </Stack>
      </Card>
      <Card title="Clients" flush>
        <ul>
          {applied.applied.map((one) => (
            <li key={one.client}>
              <AppLink href={`/c/${one.client}`}>{one.name}</AppLink>
              <span className={classes.second}>
                {one.created ? 'New. ' : ''}
                {one.draft === null ? (
                  'Nothing to propose.'
                ) : (
                  <AppLink href={`/c/${one.client}/charter/${one.draft}`}>Draft of its charter</AppLink>
                )}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Row>
        <LinkButton href={`/baselines/${baseline.id}`} variant="filled">
          Clients on {baseline.name}
        </LinkButton>
      </Row>
    </Stack>
  );
}

import { Link } from '@tanstack/react-router';
import type { client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { When } from '../../ui/when.tsx';

export type Stamp = Awaited<ReturnType<typeof client.reviews.show>>['stamp'];

/** The timestamp that proves the date of a signed file to others; nothing if no authority was asked. */
export function StampLine({ stamp }: { stamp: Stamp }) {
  const { slug } = useClientHere();
  if (stamp === null) return null;
  if (stamp.at === null)
    return (
      <p>
        Signed without a time stamp so far. {stamp.problem ?? 'The request to the authority is in progress.'}{' '}
        {stamp.problem === null ? '' : 'Bylaw will ask again automatically.'}
      </p>
    );
  return (
    <p>
      Date proven by {stamp.authority}: <When at={stamp.at} inline />.{' '}
      {stamp.token === null ? null : (
        <Link to="/c/$client/evidence/$sha" params={{ client: slug, sha: stamp.token }}>
          The time stamp
        </Link>
      )}
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Notice } from '../../ui/states.tsx';

/** Connectors that the charter still approves although the day of their approval is past; nothing where there are none. */
export function ApprovalsEnded() {
  const { slug } = useClientHere();
  const ended = useQuery(api.requests.ended.queryOptions({ input: { client: slug } }));
  return (
    <>
      {(ended.data?.items ?? []).map((one) => (
        <Notice key={one.request} mark="pending">
          {one.words}{' '}
          <Link to="/c/$client/connectors/requests/$request" params={{ client: slug, request: one.request }}>
            Its request
          </Link>
        </Notice>
      ))}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Notice } from '../../ui/states.tsx';
import classes from './requests.module.css';

/**
 * Connectors that the charter still approves although their approval has expired; nothing if there are none. `list`:
 * above a list that extends to the edges.
 */
export function ApprovalsEnded({ list = false }: { list?: boolean }) {
  const { slug } = useClientHere();
  const ended = useQuery(api.requests.ended.queryOptions({ input: { client: slug } }));
  const items = ended.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className={list ? classes.endedAbove : classes.ended}>
      {items.map((one) => (
        <Notice key={one.request} mark="pending">
          {one.words}{' '}
          <Link to="/c/$client/connectors/requests/$request" params={{ client: slug, request: one.request }}>
            Its request
          </Link>
        </Notice>
      ))}
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/states.tsx';
import { useTitle } from '../ui/templates/title.ts';

/** An address without a page. */
export function NotFound() {
  useTitle('Not found');
  return (
    <main id="main">
      <EmptyState whole title="There is no page at this address" action={<Link to="/">Go to the start</Link>}>
        The address is wrong or the page has moved.
      </EmptyState>
    </main>
  );
}

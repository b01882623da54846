import { useQuery } from '@tanstack/react-query';
import { CopyValue } from '../../ui/copy-value.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import classes from './audit.module.css';
import type { Chain } from './chain.ts';

/** Whether the chain is intact, since when, and its last hash for recording elsewhere. */
export function ChainLine({ chain }: { chain: Chain }) {
  const check = useQuery({
    queryKey: ['audit', chain.slug, 'check'],
    queryFn: chain.check,
    // The check recomputes every hash, so its result is reused between visits of the tab.
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  });
  if (check.error !== null && check.data === undefined)
    return <span>The chain could not be checked. {explainError(check.error).text}</span>;
  if (check.data === undefined) return <span>Checking the chain …</span>;
  const { whole, says, since, records, head } = check.data;
  if (!whole)
    return (
      <Notice mark="fail">
        {says} Leave the server as it is, export the chain, and compare it with an earlier export or a hash
        you noted.
      </Notice>
    );
  if (since === null) return <span>{says}</span>;
  return (
    <span className={classes.chain}>
      <span>
        Chain intact since <When at={since} inline /> · {records} {records === 1 ? 'record' : 'records'} ·
        last hash
      </span>
      <CopyValue value={head.hash} name="the last hash" />
    </span>
  );
}

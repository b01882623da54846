import type { client as calls } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorState } from '../../ui/states.tsx';
import classes from './access.module.css';
import { sentence } from './words.ts';

type Explained = Awaited<ReturnType<typeof calls.access.users.may>>;

interface RightsProps {
  load: { readonly data: Explained | undefined; readonly error: unknown; readonly refetch: () => unknown };
}

/** Each permission at one place, with the role that gives it or the denial that takes it. */
export function Rights({ load: { data, error, refetch } }: RightsProps) {
  if (data === undefined)
    return error === null ? null : (
      <ErrorState what="What they may do could not be loaded." error={error} onRetry={() => void refetch()} />
    );
  return (
    <ul className={classes.rights}>
      {data.items.map(({ permission, words, allowed, reason }) => (
        <li key={permission} data-allowed={allowed}>
          <Icon name={allowed ? 'tick' : 'close'} />
          <span>
            {sentence(words)}: {allowed ? 'yes' : 'no'}
          </span>
          <span className={classes.detail}>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

import type { client as calls } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import type { Load } from '../../ui/templates/load.ts';
import classes from './access.module.css';
import { sentence } from './words.ts';

type Explained = Awaited<ReturnType<typeof calls.access.users.may>>;

interface RightsProps {
  load: Load<Explained>;
}

/** Each permission for one client or for all, with the role that grants it or the denial that takes it away. */
export function Rights({ load }: RightsProps) {
  const { data } = load;
  if (data === undefined) return <LoadFailed load={load} what="What they may do could not be loaded." />;
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

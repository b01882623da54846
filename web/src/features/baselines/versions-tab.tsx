import { addressOf, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import classes from './baselines.module.css';
import type { Shown } from './words.ts';

/** Every version; versions never change. */
export function VersionsTab({ data }: { data: Shown }) {
  return (
    <Stack gap="lg" inset="tall">
      <Card title="Versions" flush>
        <ul>
          {data.versions.map(({ version, by, at, note }) => (
            <li key={version} className={classes.shipped}>
              <div>
                <h3>Version {version}</h3>
                <p className="muted">
                  {by}, <When at={at} inline />
                </p>
                {note === null ? null : <p>{note}</p>}
              </div>
              <a href={addressOf(routes.baselines.file, { baseline: data.id, version })} download>
                Download version {version}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </Stack>
  );
}

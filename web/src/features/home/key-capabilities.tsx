import { Card } from '../../ui/card.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './home.module.css';
import type { Home } from './words.ts';

type Tile = NonNullable<Home['keyCapabilities']>[number];

/** Whether the Microsoft capabilities most important for Claude are licensed, and how far each is used. */
export function KeyCapabilities({ slug, tiles }: { slug: string; tiles: readonly Tile[] }) {
  return (
    <Card
      title="What matters most in Microsoft 365"
      aside={<AppLink href={`/c/${slug}/planner`}>Planner</AppLink>}
      flush
    >
      <ul className={classes.tiles}>
        {onceEach(tiles).map((tile) => (
          <li key={tile.capability}>
            <h3>{tile.title}</h3>
            <p>
              <License has={tile.has} />
            </p>
            <p className="muted">{tile.because}</p>
            <ul>
              {tile.controls.map(({ id, short, title, state }) => (
                <li key={id}>
                  <VerdictMark state={state} />{' '}
                  <AppLink href={`/c/${slug}/controls/${short}`}>{title}</AppLink>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A control that serves two capabilities is listed under the first. */
function onceEach(tiles: readonly Tile[]): Tile[] {
  const shown = new Set<string>();
  return tiles.map((tile) => {
    const controls = tile.controls.filter(({ id }) => !shown.has(id));
    for (const { id } of controls) shown.add(id);
    return { ...tile, controls };
  });
}

/** A license enforces nothing by itself, so having one is not shown in green. */
function License({ has }: Pick<Tile, 'has'>) {
  if (has === 'yes') return <strong>Licensed</strong>;
  return has === 'no' ? (
    <VerdictMark state="not_licensed">Not licensed</VerdictMark>
  ) : (
    <VerdictMark state="cannot_read">Not known whether licensed</VerdictMark>
  );
}

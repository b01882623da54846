import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { sizeWords } from '../imports/words.ts';
import classes from './retention.module.css';
import { goesNothing, type Removal, staysWords } from './words.ts';

/** What would go, per kind, with the days that it is from; and what is old enough and stays. */
export function RemovalTable({ removal }: { removal: Removal }) {
  const stays = staysWords(removal);
  return (
    <Stack>
      {goesNothing(removal) ? (
        <p>
          Nothing is old enough to be removed today. From now on, items are removed when their time is up.
        </p>
      ) : (
        <>
          <p>
            {count(removal.readings, 'reading')}, {count(removal.files, 'file')} and{' '}
            {count(removal.reports, 'report')} will be removed at the next daily run:{' '}
            {sizeWords(removal.bytes)}.
          </p>
          <div className={classes.scroll}>
            <table aria-label="What goes">
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Number</th>
                  <th scope="col">Files</th>
                  <th scope="col">Size</th>
                  <th scope="col">Of</th>
                </tr>
              </thead>
              <tbody>
                {removal.lines.map((line) => (
                  <tr key={line.kind}>
                    <th scope="row">{line.name}</th>
                    <td>{line.readings + line.reports || ''}</td>
                    <td>{line.files || ''}</td>
                    <td>{sizeWords(line.bytes)}</td>
                    <td>
                      {line.from === line.to
                        ? dayWords(line.from)
                        : `${dayWords(line.from)} to ${dayWords(line.to)}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {stays.map((words) => (
        <p key={words} className="muted">
          {words}
        </p>
      ))}
    </Stack>
  );
}

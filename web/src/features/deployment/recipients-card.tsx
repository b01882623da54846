import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { fetchFile } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';
import type { Task } from './words.ts';

/** Whom an announcement has to reach. Bylaw sends none; the list is made to be sent to and to be kept. */
export function RecipientsCard({
  slug,
  recipients,
}: {
  slug: string;
  recipients: NonNullable<Task['recipients']>;
}) {
  const { count: people, withoutAddress, why, rosterOn } = recipients;
  return (
    <Card
      title="Who has to be told"
      aside={rosterOn === null ? undefined : `Roster of ${dayWords(rosterOn)}`}
    >
      {people === null || withoutAddress === null ? (
        <p>
          It cannot be told yet. {why} <AppLink href={`/c/${slug}/imports`}>Import files</AppLink>
        </p>
      ) : (
        <div className={classes.stack}>
          <p>
            {count(people, 'person works', 'people work')} here by the roster. Export the list, send the
            message to it, and keep the file under Evidence with the day.
            {withoutAddress === 0
              ? ''
              : ` ${count(withoutAddress, 'line', 'lines')} of it ${withoutAddress === 1 ? 'says' : 'say'} what is missing, such as an address.`}
          </p>
          <div>
            <ExportMenu
              onExport={(format) => fetchFile(`/clients/${slug}/deployment/recipients`, { format })}
            />
          </div>
        </div>
      )}
    </Card>
  );
}

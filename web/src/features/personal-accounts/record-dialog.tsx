import { NativeSelect } from '@mantine/core';
import { addressOf, client as calls, fetchFile, queries, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { PAPERS } from '../reports/words.ts';
import { accountCount, type List } from './words.ts';

/** Makes the signed record and hands it to the browser; earlier ones can be had again. */
export function RecordDialog({ list, onClose }: { readonly list: List; readonly onClose: () => void }) {
  const { slug } = useClientHere();
  const mayWork = useMay('people.decide');
  const fields = useFields({ paper: 'a4' });
  const { statistics } = list;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Record of personal accounts"
      submit={mayWork ? 'Make and download' : 'Close'}
      onSubmit={async () => {
        if (!mayWork) return true;
        const made = await calls.personalAccounts.record.make({
          client: slug,
          paper: fields.values.paper === 'letter' ? 'letter' : 'a4',
        });
        await queries.invalidateQueries();
        await fetchFile(routes.personalAccounts.record.file, { client: slug, sha256: made.sha256 });
        toast({ kind: 'done', text: `${made.name} was made and is kept as evidence.` });
        return true;
      }}
    >
      <p>
        A PDF of every account found: who was contacted and when, which report shows it closed, what is exempt
        and why, and what is open. This server signs it and keeps it as evidence.
      </p>
      <p className="muted">
        {accountCount(statistics.accounts)} found, {statistics.contacted} holders written to,{' '}
        {statistics.closed} closed by a report, {statistics.open} open.
      </p>
      {mayWork ? <NativeSelect label="Paper" data={[...PAPERS]} {...fields.text('paper')} /> : null}
      {list.records.length === 0 ? (
        <p className="muted">None was made yet.</p>
      ) : (
        <section aria-labelledby="earlier-records">
          <h3 id="earlier-records" className="heading">
            Made before
          </h3>
          <Stack as="ul" gap="sm" divided>
            {list.records.map((one) => (
              <li key={one.sha256}>
                <a
                  href={addressOf(routes.personalAccounts.record.file, { client: slug, sha256: one.sha256 })}
                  download
                >
                  {one.name}
                </a>{' '}
                <span className="muted">
                  by {one.by}, <When at={one.at} inline />
                </span>
              </li>
            ))}
          </Stack>
        </section>
      )}
    </FormDialog>
  );
}
